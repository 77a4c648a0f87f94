// Changes the PIN: the present one, and the new one twice.
import { html, nothing } from 'lit';

import { faultOfPin } from '../../vault/rules.js';
import { changePin } from '../../vault/vault.js';
import { pinField, typed } from '../fields.js';
import { say } from '../language.js';
import { Screen } from '../screen.js';
import { words as faultWords } from './set_up_words.js';
import { words } from './settings_words.js';

class FieldChangePin extends Screen {
  static properties = {
    _isBusy: { state: true },
    _isChanged: { state: true },
    _faults: { state: true },
  };

  constructor() {
    super();
    this._isBusy = false;
    this._isChanged = false;
    this._faults = {};
  }

  render() {
    const t = say(words);
    const { faults } = say(faultWords);
    const { present, wanted, again } = this._faults;
    return html`
      ${this._isChanged ? html`<p class="notice notice--good" role="status">${t.changed}</p>` : nothing}
      <form @submit=${this.#change}>
        ${pinField({ name: 'present', label: t.present, error: present ? t.wrong : null })}
        ${pinField({
          name: 'wanted',
          label: t.wanted,
          hint: t.wantedHint,
          error: faults[wanted],
          autocomplete: 'new-password',
        })}
        ${pinField({
          name: 'again',
          label: t.again,
          error: faults[again],
          autocomplete: 'new-password',
        })}
        <button class="button button--second button--wide" ?disabled=${this._isBusy}>
          ${this._isBusy ? t.changing : t.change}
        </button>
      </form>
    `;
  }

  async #change(event) {
    event.preventDefault();
    const form = event.currentTarget;
    const { present, wanted, again } = typed(event);
    const fault = faultOfPin(wanted);
    this._isChanged = false;
    this._faults = { wanted: fault, again: !fault && wanted !== again ? 'other' : null };
    if (fault || wanted !== again) return;
    this._isBusy = true;
    this._isChanged = await changePin(present, wanted);
    this._isBusy = false;
    if (this._isChanged) form.reset();
    else this._faults = { present: true };
  }
}

customElements.define('field-change-pin', FieldChangePin);
