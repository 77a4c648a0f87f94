// What concerns the whole tablet: lost records and a wrong clock on every screen, a new version at home.
import { html, nothing } from 'lit';

import { acknowledgeMissing } from '../store/unsent.js';
import { isFarOff } from '../sync/clock.js';
import { state, syncChanges } from '../sync/sync.js';
import { shownDate, shownTime } from './dates.js';
import { say } from './language.js';
import { Screen } from './screen.js';
import { isUpdateWaiting, takeOver, updateChanges } from './updates.js';
import { words } from './words.js';

/** On every screen: what must not be missed. */
class FieldAlerts extends Screen {
  static properties = { missing: {} };

  constructor() {
    super();
    this.missing = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(syncChanges, 'changed', () => this.requestUpdate());
  }

  render() {
    const t = say(words);
    const isWrong = isFarOff(state.clock_offset_ms);
    if (!this.missing && !isWrong) return nothing;
    return html`<div class="alerts">
      ${this.missing ? this.#missingRecords(t) : nothing} ${isWrong ? wrongClock(t) : nothing}
    </div>`;
  }

  #missingRecords(t) {
    return html`<section class="notice notice--wrong" role="alert">
      <h2>${t.missing(this.missing)}</h2>
      <p>${t.missingText}</p>
      <button class="button button--second button--small" @click=${this.#seen}>
        ${t.missingSeen}
      </button>
    </section>`;
  }

  async #seen() {
    await acknowledgeMissing();
    this.dispatchEvent(new Event('seen'));
  }
}

function wrongClock(t) {
  const ours = new Date();
  const theirs = new Date(ours.getTime() - state.clock_offset_ms);
  const shown = (when) => `${shownDate(when)} ${shownTime(when)}`;
  return html`<section class="notice notice--attention" role="status">
    <h2>${t.clock(shown(ours), shown(theirs))}</h2>
    <p>${t.clockText}</p>
  </section>`;
}

/** On the home screen: a new version of the app, which comes when somebody says so. */
class FieldNotices extends Screen {
  static properties = { _isFormOpen: { state: true } };

  constructor() {
    super();
    this._isFormOpen = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(updateChanges, 'changed', () => this.requestUpdate());
  }

  render() {
    if (!isUpdateWaiting()) return nothing;
    const t = say(words);
    return html`<div class="alerts">
      <section class="notice" role="status">
        <h2>${t.update}</h2>
        <p>${this._isFormOpen ? t.updateLater : t.updateText}</p>
        <button class="button button--small" @click=${this.#updateNow}>${t.updateNow}</button>
      </section>
    </div>`;
  }

  async #updateNow() {
    this._isFormOpen = !(await takeOver());
  }
}

customElements.define('field-alerts', FieldAlerts);
customElements.define('field-notices', FieldNotices);
