// The screen of an interview: opens the frame with the form, keeps what it says, and says what was kept.
import { html, nothing } from 'lit';

import { shownDate, shownTime } from '../app/dates.js';
import { say, setLanguage } from '../app/language.js';
import { go } from '../app/router.js';
import { Screen } from '../app/screen.js';
import { watchFrame } from '../vault/autolock.js';
import { beforeLock } from '../vault/vault.js';
import { discard, takeFrame } from './frames.js';
import { NotHere, openingFor } from './opening.js';
import { Session } from './session.js';
import { words } from './words.js';

class FieldInterview extends Screen {
  static properties = {
    householdId: { attribute: false },
    question: { attribute: false },
    _missing: { state: true },
    _kept: { state: true },
  };

  #frame = null;
  #forgetFarewell = () => {};
  #opening;

  connectedCallback() {
    super.connectedCallback();
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#close();
  }

  render() {
    if (this._missing) return this.#notHere();
    if (this._kept) return this.#finished();
    return html`<p role="status">${say(words).opening}</p>`;
  }

  async #open() {
    try {
      const { opening, draft } = await openingFor(this.householdId, { question: this.question });
      this.#opening = opening;
      if (this.isConnected) await this.#show(new Session(draft), opening);
    } catch (problem) {
      if (!(problem instanceof NotHere)) throw problem;
      this._missing = problem.what;
    }
  }

  async #show(session, opening) {
    const frame = takeFrame();
    this.#frame = frame;
    const line = await frame.line;
    line
      .on('save', (told) => session.save(told))
      .on('photo', (photo) => session.keepPhoto(photo))
      .on('forget photo', (photo) => session.forgetPhoto(photo))
      .on('language', ({ language }) => setLanguage(language))
      .on('leave', () => this.#toHousehold())
      .on('finish', async (told) => this.#finish(await session.finish(told)));
    this.#forgetFarewell = beforeLock(() => line.ask('settle'));
    watchFrame(frame.element);
    await line.ask('open', opening);
    this.#cover(true);
    frame.element.title = say(words).title;
    frame.element.hidden = false;
    frame.element.focus();
  }

  #finish(kept) {
    this._kept = kept;
    this.#close();
    this.updateComplete.then(() => this.querySelector('h1').focus());
  }

  #close() {
    this.#forgetFarewell();
    this.#cover(false);
    if (this.#frame) discard(this.#frame);
    this.#frame = null;
  }

  /** While the form is shown nothing behind it can be reached. */
  #cover(isCovered) {
    document.querySelector('#app').inert = isCovered;
  }

  #toHousehold() {
    go(`#/household/${this.householdId}`, { replace: true });
  }

  #notHere() {
    const spoken = say(words);
    return html`<h1 tabindex="-1">${spoken.title}</h1>
      <p class="notice notice--attention">${spoken.notHere[this._missing]}</p>
      <div class="actions">
        <a class="button" href="#/sync">${spoken.sync}</a>
        <a class="button button--second" href="#/household/${this.householdId}">${spoken.toHousehold}</a>
      </div>`;
  }

  #finished() {
    const spoken = say(words).finished;
    const { at, persons, photos } = this._kept;
    const { address, household_id: id, is_practice: isPractice } = this.#opening;
    return html`<h1 tabindex="-1">${spoken.title}</h1>
      <p class="notice notice--good">${spoken.kept}</p>
      ${isPractice ? html`<p class="notice notice--attention">${spoken.practice}</p>` : nothing}
      <dl class="facts">
        ${fact(spoken.household, `${address} (${id})`)} ${fact(spoken.persons, spoken.personCount(persons))}
        ${photos ? fact(spoken.photos, spoken.photoCount(photos)) : nothing}
        ${fact(spoken.at, `${shownDate(at)} ${shownTime(at)}`)}
      </dl>
      <div class="actions actions--bottom">
        <button class="button button--wide" type="button" @click=${() => this.#toHousehold()}>
          ${say(words).toHousehold}
        </button>
      </div>`;
  }
}

const fact = (term, said) => html`<dt>${term}</dt>
  <dd>${said}</dd>`;

customElements.define('field-interview', FieldInterview);
