// Settings: language, PIN, the file for the office, practice, version and storage.
import { html, nothing } from 'lit';

import { device } from '../../store/settings.js';
import { lock } from '../../vault/vault.js';
import { shownDate, shownNumber } from '../dates.js';
import { language, say, setLanguage } from '../language.js';
import { Screen } from '../screen.js';
import { askForLastingStorage, storageStanding } from '../storage.js';
import { isUpdateWaiting, lookForUpdate, updateChanges, version } from '../updates.js';
import './change_pin.js';
import './last_resort.js';
import { words } from './settings_words.js';

const MEGABYTE = 1_000_000;

class FieldSettings extends Screen {
  static properties = { _found: { state: true }, _hasLooked: { state: true } };

  constructor() {
    super();
    this._found = null;
    this._hasLooked = false;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(updateChanges, 'changed', () => this.requestUpdate());
    this.#read();
  }

  async #read() {
    await askForLastingStorage();
    const [owner, storage, running] = await Promise.all([device(), storageStanding(), version()]);
    this._found = { owner, storage, running };
  }

  render() {
    const t = say(words);
    if (!this._found) return nothing;
    const { owner, storage, running } = this._found;
    return html`
      <h1 tabindex="-1">${t.title}</h1>
      <dl class="facts">
        <dt>${t.person}</dt>
        <dd>${owner.enumerator.display_name}</dd>
        <dt>${t.validUntil}</dt>
        <dd>${shownDate(owner.expires_at)}</dd>
      </dl>
      ${languages(t)}
      <h2>${t.changePin}</h2>
      <field-change-pin></field-change-pin>
      <h2>${t.practice}</h2>
      <p>${t.practiceText}</p>
      <h2>${t.lastResort}</h2>
      <field-last-resort></field-last-resort>
      <h2>${t.app}</h2>
      ${this.#app(t, storage, running)}
      <div class="actions actions--bottom">
        <button class="button button--wide" @click=${lock}>${t.lockNow}</button>
      </div>
    `;
  }

  #app(t, { isLasting, used, free }, running) {
    const size = (bytes) =>
      bytes === null ? '–' : t.megabytes(shownNumber(Math.round(bytes / MEGABYTE)));
    return html`<dl class="facts">
        <dt>${t.version}</dt>
        <dd>${running || t.noVersion}</dd>
        <dt>${t.lasting}</dt>
        <dd>${isLasting ? t.yes : t.no}</dd>
        <dt>${t.used}</dt>
        <dd>${size(used)}</dd>
        <dt>${t.free}</dt>
        <dd>${size(free)}</dd>
      </dl>
      ${this._hasLooked ? html`<p role="status">${isUpdateWaiting() ? t.found : t.latest}</p>` : nothing}
      <button class="button button--second button--wide" @click=${this.#look}>${t.look}</button>`;
  }

  async #look() {
    await lookForUpdate();
    this._hasLooked = true;
  }
}

function languages(t) {
  const choice = (code, name) =>
    html`<button
      class="button button--second"
      lang=${code}
      aria-pressed=${language() === code}
      @click=${() => setLanguage(code)}
    >
      ${name}
    </button>`;
  return html`<fieldset class="choices">
    <legend>${t.language}</legend>
    ${choice('th', t.thai)} ${choice('en', t.english)}
  </fieldset>`;
}

customElements.define('field-settings', FieldSettings);
