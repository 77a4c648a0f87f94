/** One household: where it is, how it stands, what happened there, and what can be done now. */

import { html, nothing } from 'lit';

import { go } from '../../app/router.js';
import { say } from '../../app/language.js';
import * as areas from '../../store/areas.js';
import { partsOf } from '../addresses.js';
import { calendar } from '../census_day.js';
import { distanceTo, placeOf, shownDistance } from '../distances.js';
import { follow } from '../here.js';
import { knownHousehold } from '../noted.js';
import { pendingChanges } from '../pending.js';
import { nextStep } from '../next_step.js';
import { isProvisional } from '../provisional.js';
import { sayMark } from '../sayings.js';
import { sign, signSheet } from '../signs.js';
import { standingOf } from '../standing.js';
import { words } from '../words.js';
import { backLink, householdPage } from './back_link.js';
import { historyOf } from './history.js';
import { icon } from './icons.js';
import { registerSheet } from './register.js';
import { serialOf } from './row.js';
import { Screen } from './screen.js';

class Household extends Screen {
  static properties = { householdId: {}, here: { state: true }, areNamesShown: { state: true } };

  #stopFollowing = () => {};
  #redraw = () => this.requestUpdate();

  subject() {
    return this.householdId;
  }

  connectedCallback() {
    super.connectedCallback();
    pendingChanges.addEventListener('changed', this.#redraw);
    this.#stopFollowing = follow((position) => {
      this.here = position ?? this.here;
    });
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    pendingChanges.removeEventListener('changed', this.#redraw);
    this.#stopFollowing();
  }

  async read() {
    const [household, { today }] = await Promise.all([knownHousehold(this.householdId), calendar()]);
    const area = household && (await areas.get(household.ea_code));
    this.areNamesShown = false;
    return { household, area, today };
  }

  draw({ household, area, today }) {
    const t = say(words).household;
    if (!household) return unknownHousehold(t);
    return html`<div class="work work--with-bar">
      ${signSheet()}
      ${backLink(`#/area/${household.ea_code}`, area?.name ?? household.ea_code)}
      ${this.#title(household, area, t)}
      ${standing(household, today, t)}
      ${household.task === 'correct' ? returned(household, t) : nothing}
      ${isProvisional(household) ? provisional(t) : nothing}
      ${others(household, t)}
      ${registerSheet(household, {
        areNamesShown: this.areNamesShown,
        onNames: () => { this.areNamesShown = !this.areNamesShown; },
      })}
      ${historyOf(household, today)}
      ${mainActions(household, t)}
    </div>`;
  }

  #title(household, area, t) {
    const { number, place } = partsOf(household.address);
    const metres = distanceTo(household, placeOf(this.here));
    const distance = metres === null ? null : t.distance(shownDistance(metres, say(words).list));
    return html`<h1 tabindex="-1" class="title title--household" lang="th">
        ${number ? html`<span class="title__number">${number}</span> ` : nothing}<span>${place}</span>
      </h1>
      <p class="about">
        ${area?.is_practice ? html`<span class="tag tag--attention">${say(words).areas.practiceNote}</span>` : nothing}
        <span>${serialOf(household)}</span>
        ${distance ? html`<span>${distance}</span>` : nothing}
      </p>`;
  }
}

function unknownHousehold(t) {
  return html`<div class="work sheet">
    <h1 tabindex="-1">${t.unknown}</h1>
    <button class="button" @click=${() => go('#/', { replace: true })}>${t.back}</button>
  </div>`;
}

function standing(household, today) {
  const { sign: name, marks } = standingOf(household);
  return html`<div class="sheet standing standing--${name}">
    ${sign(name, 40)}
    <ul class="plain-list">
      ${marks.map((mark, at) => html`<li class=${at ? '' : 'standing__first'}>${sayMark(mark, today)}</li>`)}
    </ul>
  </div>`;
}

function returned({ reason, questions }, t) {
  return html`<section class="notice notice--wrong" aria-labelledby="returned">
    <h2 id="returned">${t.returned}</h2>
    ${reason ? html`<p lang="th">${reason}</p>` : nothing}
    ${questions?.length ? html`<p>${t.questions(questions.length)}</p>` : nothing}
  </section>`;
}

function provisional(t) {
  return html`<section class="notice" aria-labelledby="provisional">
    <h2 id="provisional">${t.provisional}</h2>
    <p>${t.provisionalHint}</p>
  </section>`;
}

/** The one thing to do next is filled; recording a visit is always one tap away. */
function mainActions(household, t) {
  const to = householdPage(household);
  const step = nextStep(household);
  const main = {
    start: [t.start, `#/interview/${encodeURIComponent(household.id)}`],
    resume: [t.resume, `#/interview/${encodeURIComponent(household.id)}`],
    correct: [t.correct, toQuestion(household)],
    resumeCorrection: [t.resumeCorrection, toQuestion(household)],
    collect: [t.collect, `${to}/paper?do=collect`],
  }[step];
  return html`<div class="actions actions--bottom actions--pair">
    <a class=${main ? 'button button--second' : 'button'} href=${`${to}/visit`}>${icon('door')}${t.visit}</a>
    ${main ? html`<a class="button" href=${main[1]}>${main[0]}</a>` : nothing}
  </div>`;
}

/** A correction begins at the first question that the supervisor asks to look at. */
function toQuestion({ id, questions }) {
  const question = questions?.[0] ? `?question=${encodeURIComponent(questions[0])}` : '';
  return `#/interview/${encodeURIComponent(id)}${question}`;
}

function others(household, t) {
  const to = householdPage(household);
  const step = nextStep(household);
  const rows = [
    ['paper', `${to}/paper`, t.paper],
    household.responded ? null : ['swap', `${to}/mode`, t.mode],
    ['alert', `#/problem?household=${encodeURIComponent(household.id)}`, t.problem],
    household.register?.position
      ? ['map', `#/area/${household.ea_code}/map?at=${encodeURIComponent(household.id)}`, t.map]
      : null,
    step === 'collect' || step === null
      ? ['pen', `#/interview/${encodeURIComponent(household.id)}`, household.responded ? t.again : t.start]
      : null,
  ].filter(Boolean);
  return html`<nav class="sheet others" aria-label=${t.moreActions}>
    <ul class="plain-list">
      ${rows.map(
        ([picture, href, label]) => html`<li>
          <a class="others__link" href=${href}>${icon(picture)}<span>${label}</span>
            <span class="chevron" aria-hidden="true"></span></a>
        </li>`,
      )}
    </ul>
    ${step === null && household.responded ? html`<p class="others__hint">${t.againHint}</p>` : nothing}
  </nav>`;
}

customElements.define('field-household', Household);
