/**
 * How a visit ended, in two taps: the common ends are one button each; what needs a time, proof or
 * a second look opens one more page.
 */

import { html, nothing } from 'lit';

import { go } from '../../app/router.js';
import { say } from '../../app/language.js';
import { calendar } from '../census_day.js';
import { knownHousehold } from '../noted.js';
import { hold } from '../pending.js';
import { PlaceFinder } from '../place_finder.js';
import { returnTo } from '../return_to.js';
import { resultName } from '../sayings.js';
import { words } from '../words.js';
import { backLink, householdPage } from './back_link.js';
import { text } from './fields.js';
import { icon } from './icons.js';
import { Screen } from './screen.js';
import './visit_appointment.js';
import './visit_result.js';

class Visit extends Screen {
  static properties = { householdId: {}, step: {}, note: { state: true } };

  #place = null;

  subject() {
    return this.householdId;
  }

  async read() {
    // The satellite is looked for while the enumerator chooses; nobody waits for it.
    this.#place ??= new PlaceFinder();
    this.note ??= '';
    const [household, { today }] = await Promise.all([knownHousehold(this.householdId), calendar()]);
    return { household, today };
  }

  draw({ household, today }) {
    const t = say(words).visit;
    if (!household) return nothing;
    const about = { household, today, note: this.note, place: this.#place };
    if (this.step === 'appointment') return html`<field-visit-appointment .about=${about}></field-visit-appointment>`;
    if (this.step === 'not-eligible' || this.step === 'other') {
      return html`<field-visit-result .about=${about} .group=${this.step}></field-visit-result>`;
    }
    return this.#start(household, t);
  }

  #start(household, t) {
    const to = householdPage(household);
    const more = (step) => () => go(`${to}/visit?step=${step}`);
    return html`<div class="work">
      ${backLink(householdPage(household), say(words).household.title)}
      <h1 tabindex="-1">${t.title}</h1>
      <p class="about" lang="th">${household.address}</p>
      ${household.responded ? html`<p class="notice">${t.alreadyAnswered}</p>` : nothing}
      <div class="tiles">
        ${tile('door', t.nobody, t.nobodyHint, () => this.#record(household, '73', t.nobody, { found: 'nobody' }))}
        ${tile('no', t.refused, t.refusedHint, () => this.#record(household, '20', t.refused))}
        ${tile('clock', t.comeBack, t.comeBackHint, more('appointment'))}
        ${tile('paper', t.leftForm, t.leftFormHint, () => go(`${to}/paper?do=leave`))}
        ${tile('ruin', t.notDwelling, t.notDwellingHint, more('not-eligible'))}
        ${tile('more', t.other, t.otherHint, more('other'))}
      </div>
      ${text({ id: 'note', label: t.note, hint: t.noteHint, value: this.note, rows: 2, maxlength: 500,
        onInput: (value) => { this.note = value; } })}
    </div>`;
  }

  #record(household, result, name, more = {}) {
    const note = this.note.trim();
    hold({
      action: { type: 'visit', household_id: household.id, result, ...more, ...(note && { note }) },
      what: () => (more.found ? say(words).visit.nobody : resultName(result)) || name,
      position: this.#place,
    });
    returnTo(householdPage(household));
  }
}

function tile(picture, label, hint, onTap) {
  return html`<button class="tile" @click=${onTap}>
    ${icon(picture, 36)}<span><b>${label}</b><small>${hint}</small></span>
  </button>`;
}

customElements.define('field-visit', Visit);
