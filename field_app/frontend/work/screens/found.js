/** A dwelling that is not on the list: its address and its position; it can be interviewed at once. */

import { html, nothing } from 'lit';

import { go } from '../../app/router.js';
import { say } from '../../app/language.js';
import * as areas from '../../store/areas.js';
import { householdFoundBy } from '../../store/found.js';
import { addAction } from '../../store/outbox.js';
import { current } from '../../app/position.js';
import { calendar } from '../census_day.js';
import { search } from '../filters.js';
import { knownIn } from '../noted.js';
import { signSheet } from '../signs.js';
import { words } from '../words.js';
import { unknownArea } from './area.js';
import { backLink } from './back_link.js';
import { showFirstError, text } from './fields.js';
import { householdRow } from './row.js';
import { Screen } from './screen.js';

const MOST_SIMILAR = 3;
const LONG_ENOUGH = 2;

class Found extends Screen {
  static properties = {
    ea: {}, address: { state: true }, position: { state: true }, isLocating: { state: true },
    isTried: { state: true }, isSaving: { state: true }, hasFailed: { state: true },
  };

  subject() {
    return this.ea;
  }

  async read() {
    this.address ??= '';
    if (this.position === undefined) this.#locate();
    const [area, households, { today }] = await Promise.all([
      areas.get(this.ea), knownIn(this.ea), calendar(),
    ]);
    return { area, households, today };
  }

  draw({ area, households, today }) {
    const t = say(words).found;
    if (!area) return unknownArea(say(words).list);
    return html`<div class="work work--with-bar">
      ${signSheet()}
      ${backLink(`#/area/${this.ea}`, area.name)}
      <h1 tabindex="-1">${t.title}</h1>
      <p>${t.hint}</p>
      ${text({ id: 'address', label: t.address, hint: t.addressHint, value: this.address, rows: 2, maxlength: 500,
        error: this.isTried && !this.address.trim() ? t.addressMissing : '',
        onInput: (value) => { this.address = value; } })}
      ${this.#similar(households, today, t)}
      ${this.#place(t)}
      <p class="notice">${t.afterwards}</p>
      ${this.hasFailed ? html`<p class="notice notice--wrong" role="alert">${t.failed}</p>` : nothing}
      <div class="actions actions--bottom">
        <button class="button" ?disabled=${this.isSaving} @click=${this.#save}>
          ${this.isSaving ? t.saving : t.save}
        </button>
      </div>
    </div>`;
  }

  /** A dwelling that is on the list already would be counted twice. */
  #similar(households, today, t) {
    if (this.address.trim().length < LONG_ENOUGH) return nothing;
    const similar = search(households, this.address).slice(0, MOST_SIMILAR);
    if (similar.length === 0) return nothing;
    return html`<section aria-labelledby="similar">
      <h2 id="similar" class="sheet__title">${t.similar}</h2>
      <ul class="rows">${similar.map((household) => householdRow(household, { today }))}</ul>
    </section>`;
  }

  #place(t) {
    const said = this.isLocating ? t.locating : this.position ? t.located(Math.round(this.position.accuracy)) : t.noPosition;
    return html`<div class="sheet place">
      <h2 class="sheet__title">${t.position}</h2>
      <p role="status">${said}</p>
      <button class="button button--second button--small" type="button" ?disabled=${this.isLocating}
        @click=${this.#locate}>${t.tryAgain}</button>
    </div>`;
  }

  async #locate() {
    this.isLocating = true;
    this.position = (await current()) ?? null;
    this.isLocating = false;
  }

  async #save() {
    this.isTried = true;
    if (!this.address.trim()) return showFirstError(this);
    this.isSaving = true;
    this.hasFailed = false;
    try {
      const report = { type: 'dwelling_found', ea_code: this.ea, address: this.address.trim(), location: this.position };
      const household = await householdFoundBy(await addAction(report));
      go(`#/household/${encodeURIComponent(household)}`, { replace: true });
    } catch {
      this.hasFailed = true;
      this.isSaving = false;
    }
  }
}

customElements.define('field-found', Found);
