/** Something is wrong in the field: the supervisor hears of it with the next sync. */

import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import * as areas from '../../store/areas.js';
import { knownHousehold } from '../noted.js';
import { hold } from '../pending.js';
import { PlaceFinder } from '../place_finder.js';
import { returnTo } from '../return_to.js';
import { words } from '../words.js';
import { backLink, householdPage } from './back_link.js';
import { choice, showFirstError, text } from './fields.js';
import { Screen } from './screen.js';

const KINDS = ['safety', 'access', 'other'];

/** How bad it is, as offices count it: 1 is worst. */
const SEVERITIES = { safety: 1, stop_work: 2, quality: 3, question: 4 };

class Problem extends Screen {
  static properties = { area: {}, householdId: {}, form: { state: true }, isTried: { state: true } };

  #place = null;

  subject() {
    return `${this.area} ${this.householdId}`;
  }

  async read() {
    this.#place ??= new PlaceFinder();
    this.form ??= { kind: null, severity: null, text: '', area: this.area ?? null };
    const [household, every] = await Promise.all([
      this.householdId ? knownHousehold(this.householdId) : null, areas.all(),
    ]);
    return { household, every };
  }

  draw({ household, every }) {
    const t = say(words).problem;
    const { kind, severity, text: told } = this.form;
    const known = every.find(({ ea_code: code }) => code === this.area);
    const problems = this.isTried ? problemsOf(this.form, household, t) : {};
    const change = (part) => { this.form = { ...this.form, ...part }; };
    return html`<div class="work work--with-bar">
      ${this.#up(household, known)}
      <h1 tabindex="-1">${t.title}</h1>
      <p class="notice notice--attention">${t.danger}</p>
      ${household || known
        ? html`<p class="about" lang="th">${household?.address ?? `${known.name} ${known.ea_code}`}</p>`
        : this.#where(every, problems, change, t)}
      ${choice({
        id: 'kind', legend: t.kind, value: kind, error: problems.kind,
        options: KINDS.map((value) => ({ value, label: t.kinds[value] })),
        onChoose: (value) => change({ kind: value, severity: severity ?? (value === 'safety' ? 'safety' : null) }),
      })}
      ${choice({
        id: 'severity', legend: t.severity, value: severity, isWide: true, error: problems.severity,
        options: Object.keys(SEVERITIES).map((value) => ({ value, label: t.severities[value] })),
        onChoose: (value) => change({ severity: value }),
      })}
      ${text({ id: 'text', label: t.text, hint: t.textHint, value: told, rows: 4, maxlength: 2000,
        error: problems.text, onInput: (value) => change({ text: value }) })}
      <p class="hint">${t.hint}</p>
      <div class="actions actions--bottom">
        <button class="button" @click=${() => this.#save(household)}>${t.save}</button>
      </div>
    </div>`;
  }

  #up(household, known) {
    if (household) return backLink(householdPage(household), say(words).household.title);
    return known ? backLink(`#/area/${known.ea_code}`, known.name) : nothing;
  }

  #where(every, problems, change, t) {
    return choice({
      id: 'where', legend: t.where, value: this.form.area, isWide: true, error: problems.area,
      options: every.map(({ ea_code: code, name }) => ({ value: code, label: name, hint: code })),
      onChoose: (value) => change({ area: value }),
    });
  }

  #save(household) {
    this.isTried = true;
    const t = say(words).problem;
    if (Object.keys(problemsOf(this.form, household, t)).length) return showFirstError(this);
    const { kind, severity, text: told, area } = this.form;
    const place = household ? { household_id: household.id } : { ea_code: area };
    hold({
      action: { type: 'problem', ...place, kind, severity: SEVERITIES[severity], text: told.trim() },
      what: () => say(words).problem.title,
      position: this.#place,
    });
    returnTo(household ? householdPage(household) : `#/area/${area}`);
  }
}

function problemsOf({ kind, severity, text: told, area }, household, t) {
  const problems = {};
  if (!household && !area) problems.area = t.whereMissing;
  if (!kind) problems.kind = t.kindMissing;
  if (!severity) problems.severity = t.severityMissing;
  if (!told.trim()) problems.text = t.textMissing;
  return problems;
}

customElements.define('field-problem', Problem);
