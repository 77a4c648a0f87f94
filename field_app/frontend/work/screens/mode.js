/** A household will answer in another way: which one, and why. */

import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { MODES } from '../codes.js';
import { knownHousehold } from '../noted.js';
import { hold } from '../pending.js';
import { PlaceFinder } from '../place_finder.js';
import { returnTo } from '../return_to.js';
import { words } from '../words.js';
import { backLink, householdPage } from './back_link.js';
import { choice, showFirstError, text } from './fields.js';
import { Screen } from './screen.js';

const REASONS = ['asked', 'nobody_suitable', 'illness', 'access', 'other'];

class ModeSwitch extends Screen {
  static properties = { householdId: {}, form: { state: true }, isTried: { state: true } };

  #place = null;

  subject() {
    return this.householdId;
  }

  async read() {
    this.#place ??= new PlaceFinder();
    this.form ??= { mode: null, reason: null, note: '' };
    return { household: await knownHousehold(this.householdId) };
  }

  draw({ household }) {
    const t = say(words).mode;
    if (!household) return nothing;
    const { mode, reason, note } = this.form;
    const problems = this.isTried ? problemsOf(this.form, t) : {};
    const change = (part) => { this.form = { ...this.form, ...part }; };
    return html`<div class="work work--with-bar">
      ${backLink(householdPage(household), say(words).household.title)}
      <h1 tabindex="-1">${t.title}</h1>
      <p class="about" lang="th">${household.address}</p>
      ${choice({
        id: 'mode', legend: t.to, value: mode, isWide: true, error: problems.mode,
        options: MODES.map((value) => ({ value, label: t.modes[value] })),
        onChoose: (value) => change({ mode: value }),
      })}
      ${choice({
        id: 'reason', legend: t.reason, value: reason, isWide: true, error: problems.reason,
        options: REASONS.map((value) => ({ value, label: t.reasons[value] })),
        onChoose: (value) => change({ reason: value }),
      })}
      ${text({ id: 'note', label: reason === 'other' ? t.text : t.note, value: note, rows: 2, maxlength: 500,
        error: problems.note, onInput: (value) => change({ note: value }) })}
      <div class="actions actions--bottom">
        <button class="button" @click=${() => this.#save(household)}>${t.save}</button>
      </div>
    </div>`;
  }

  #save(household) {
    this.isTried = true;
    if (Object.keys(problemsOf(this.form, say(words).mode)).length) return showFirstError(this);
    const { mode, reason } = this.form;
    const note = this.form.note.trim();
    hold({
      action: { type: 'mode_switch', household_id: household.id, mode, reason, ...(note && { note }) },
      what: () => say(words).mode.saved(say(words).mode.modes[mode]),
      position: this.#place,
    });
    returnTo(householdPage(household));
  }
}

function problemsOf({ mode, reason, note }, t) {
  const problems = {};
  if (!mode) problems.mode = t.toMissing;
  if (!reason) problems.reason = t.reasonMissing;
  if (reason === 'other' && !note.trim()) problems.note = t.textMissing;
  return problems;
}

customElements.define('field-mode', ModeSwitch);
