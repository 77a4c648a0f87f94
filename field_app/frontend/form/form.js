// The screen of one form: a bar on top, the step one is on, and the way on at the bottom.
import { LitElement, html, nothing } from 'lit';

import { shownTime } from '../app/dates.js';
import { language, languageChanges, otherLanguage, say, setLanguage } from '../app/language.js';
import { focusOn, page } from './screens/page.js';
import { doubtId } from './questions/doubt.js';
import { review } from './screens/review.js';
import { afterRoster, roster } from './screens/roster.js';
import { nameOf } from './engine.js';
import { REVIEW, ROSTER } from './steps.js';
import { words } from './words.js';

const SCREENS = { page, roster, review };
const OTHER_NAME = { th: 'ไทย', en: 'English' };

class FieldForm extends LitElement {
  static properties = {
    filling: { attribute: false },
    finishing: { state: true },
  };

  #speak = () => this.filling.speak(language());

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    languageChanges.addEventListener('changed', this.#speak);
    this.filling.addEventListener('changed', () => this.requestUpdate());
    this.filling.addEventListener('moved', () => this.#afterUpdate(() => this.#arrive()));
    this.filling.addEventListener('warned', () => this.#afterUpdate(() => this.#showSummary()));
  }

  firstUpdated() {
    this.#arrive();
  }

  render() {
    const { step } = this.filling;
    return html`${this.#bar()}
      <main class="form" data-step=${step.key}>${SCREENS[step.kind](this.filling)}${this.#finishProblem()}</main>
      ${this.#foot(step)}`;
  }

  #bar() {
    const { filling } = this;
    const spoken = say(words);
    const { steps, step } = filling;
    const place = steps.indexOf(step) + 1;
    return html`<header class="form-bar">
      <div class="form-bar__row">
        <button class="form-bar__button" type="button" @click=${() => filling.leave()}>‹ ${spoken.leave}</button>
        <p class="form-bar__where">
          ${filling.opening.is_practice ? html`<span class="tag tag--attention">${spoken.practice}</span>` : nothing}
          ${filling.opening.address}
        </p>
        <button class="form-bar__button" type="button" lang=${otherLanguage()} @click=${() => setLanguage(otherLanguage())}>
          ${OTHER_NAME[otherLanguage()]}
        </button>
      </div>
      <progress max=${steps.length} value=${place} aria-label=${spoken.progress(place, steps.length)}></progress>
      <div class="form-bar__row form-bar__row--low">
        <p class="form-bar__saved" role=${this.#hasFailed ? 'alert' : nothing}>${this.#saved()}</p>
        ${step.kind === REVIEW
          ? nothing
          : html`<button class="link-button" type="button" @click=${() => filling.go(REVIEW)}>${spoken.toReview}</button>`}
      </div>
    </header>`;
  }

  /** Only what goes wrong is called out: "saved" would interrupt at every answer. */
  get #hasFailed() {
    return this.filling.saving.state === 'failed';
  }

  #saved() {
    const { state, savedAt } = this.filling.saving;
    const spoken = say(words);
    if (state === 'none') return '';
    return state === 'saved' ? `✓ ${spoken.saved(shownTime(savedAt))}` : spoken[state];
  }

  #foot(step) {
    const { filling } = this;
    const spoken = say(words);
    const isFirst = filling.steps[0] === step;
    return html`<footer class="form-foot">
      ${isFirst
        ? nothing
        : html`<button class="button button--second" type="button" @click=${() => filling.back()}>${spoken.back}</button>`}
      ${this.#forward(step)}
    </footer>`;
  }

  #forward(step) {
    const { filling } = this;
    if (step.kind === REVIEW) {
      const spoken = say(words).review;
      return forward(this.finishing === 'now' ? spoken.finishing : spoken.finish, () => this.#finish());
    }
    if (step.kind !== ROSTER) return forward(say(words).next, () => filling.next());
    const { label, go } = afterRoster(filling);
    return forward(label, go);
  }

  #finishProblem() {
    if (this.finishing !== 'failed') return nothing;
    return html`<p class="notice notice--wrong" role="alert">${say(words).review.finishFailed}</p>`;
  }

  async #finish() {
    const { filling } = this;
    filling.commitTyped();
    if (filling.left > 0) {
      this.#leadToFirstFault();
      return;
    }
    if (this.finishing === 'now') return;
    this.finishing = 'now';
    try {
      await filling.finish();
    } catch {
      this.finishing = 'failed';
    }
  }

  #leadToFirstFault() {
    const { filling } = this;
    const step = filling.steps.find((each) => filling.leftOn(each) > 0);
    const [problem] = filling.problemsOf(step);
    const [doubt] = filling.openDoubtsOf(step);
    filling.touchAll(step);
    filling.go(step.key, { question: problem ? nameOf(problem.node) : doubt });
  }

  #arrive() {
    const { focused } = this.filling;
    if (focused) {
      focusOn(typeof focused === 'string' ? `q-${focused}` : doubtId(focused));
      return;
    }
    this.#toTop();
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  #showSummary() {
    this.#toTop();
    this.querySelector('.summary')?.focus({ preventScroll: true });
  }

  #toTop() {
    this.querySelector('main').scrollTop = 0;
  }

  #afterUpdate(act) {
    this.updateComplete.then(act);
  }
}

const forward = (label, onClick) =>
  html`<button class="button form-foot__forward" type="button" @click=${onClick}>${label}</button>`;

customElements.define('field-form', FieldForm);
