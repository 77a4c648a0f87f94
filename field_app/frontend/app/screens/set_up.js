// Makes the tablet the enumerator's: sign in or take the office's link, then choose a PIN.
import { html, nothing } from 'lit';

import { emptyEverything } from '../../store/database.js';
import { device, keepDevice } from '../../store/settings.js';
import { unsent } from '../../store/unsent.js';
import { NotEnrolled, enrolWithLink, enrolWithPassword } from '../../sync/enrolment.js';
import * as sync from '../../sync/sync.js';
import { faultOfPin } from '../../vault/rules.js';
import { changeDevice, isSetUp, lock, setUp } from '../../vault/vault.js';
import { field, pinField, typed } from '../fields.js';
import { say } from '../language.js';
import { currentRoute, go } from '../router.js';
import { Screen } from '../screen.js';
import { askForLastingStorage } from '../storage.js';
import { words } from './set_up_words.js';

/** Who the office says this is, with the token: in memory only, until the PIN can seal it. */
let enrolled = null;

class FieldSetUp extends Screen {
  static properties = {
    _isAgain: { state: true },
    _isBusy: { state: true },
    _error: { state: true },
    _faults: { state: true },
  };

  constructor() {
    super();
    this._isAgain = false;
    this._isBusy = false;
    this._error = null;
    this._faults = {};
  }

  async connectedCallback() {
    super.connectedCallback();
    this._isAgain = await isSetUp();
  }

  render() {
    const t = say(words);
    if (enrolled) return this._isAgain ? this.#presentPin(t) : this.#newPin(t);
    const link = currentRoute()?.params.token;
    return html`
      <h1 tabindex="-1">${this._isAgain ? t.again : t.title}</h1>
      <p>${link ? t.linkLead : this._isAgain ? t.leadAgain : t.lead}</p>
      ${this.#problem()} ${link ? this.#byLink(t, link) : this.#byPassword(t)}
    `;
  }

  #byPassword(t) {
    return html`<form @submit=${this.#signIn}>
      ${field({ name: 'username', label: t.username, autocomplete: 'username' })}
      ${field({
        name: 'password',
        label: t.password,
        type: 'password',
        autocomplete: 'current-password',
      })}
      ${field({ name: 'device', label: t.device, hint: t.deviceHint, value: t.deviceName })}
      ${this.#button(t.signIn)}
    </form>`;
  }

  #byLink(t, token) {
    return html`<form @submit=${(event) => this.#take(event, token)}>${this.#button(t.takeLink)}</form>`;
  }

  #newPin(t) {
    return html`
      <h1 tabindex="-1">${t.choosePin}</h1>
      <p>${t.hello(enrolled.enumerator.display_name)}</p>
      <p>${t.pinLead}</p>
      ${this.#problem()}
      <form @submit=${this.#choosePin}>
        ${pinField({
          name: 'pin',
          label: t.pin,
          hint: t.pinHint,
          error: t.faults[this._faults.pin],
          autocomplete: 'new-password',
        })}
        ${pinField({
          name: 'again',
          label: t.pinAgain,
          error: t.faults[this._faults.again],
          autocomplete: 'new-password',
        })}
        ${this.#button(t.keep)}
      </form>
    `;
  }

  #presentPin(t) {
    return html`
      <h1 tabindex="-1">${t.again}</h1>
      <p>${t.hello(enrolled.enumerator.display_name)}</p>
      ${this.#problem()}
      <form @submit=${this.#join}>
        ${pinField({ name: 'pin', label: t.presentPin })} ${this.#button(t.join)}
      </form>
    `;
  }

  #button(label) {
    return html`<div class="actions actions--bottom">
      <button class="button button--wide" ?disabled=${this._isBusy}>
        ${this._isBusy ? say(words).working : label}
      </button>
    </div>`;
  }

  #problem() {
    return this._error
      ? html`<p class="notice notice--wrong" role="alert">${this._error(say(words))}</p>`
      : nothing;
  }

  #signIn(event) {
    event.preventDefault();
    const { username, password, device: name } = typed(event);
    this.#enrol(() => enrolWithPassword(username, password, name), (t) => t.refused);
  }

  #take(event, token) {
    event.preventDefault();
    this.#enrol(() => enrolWithLink(token), (t) => t.refusedLink);
  }

  async #enrol(ask, refusal) {
    this.#begin();
    try {
      await this.#accept(await ask());
    } catch (error) {
      const { detail } = error;
      const refused = detail ? () => detail : refusal;
      this._error = error instanceof NotEnrolled ? refused : (t) => t.unreachable;
    }
    this.#end();
  }

  /** Another enumerator may have the tablet only once nothing of the first one is unsent. */
  async #accept(told) {
    const before = this._isAgain ? await device() : null;
    if (before && before.enumerator.id !== told.enumerator.id) {
      const count = await unsent();
      if (count) {
        this._error = (t) => t.somebodyElse(count);
        return;
      }
      enrolled = told;
      await emptyEverything();
      await lock();
      this._isAgain = false;
    }
    enrolled = told;
    this.requestUpdate();
    await this.#showStep();
  }

  async #choosePin(event) {
    event.preventDefault();
    const { pin, again } = typed(event);
    const fault = faultOfPin(pin);
    this._faults = { pin: fault, again: !fault && pin !== again ? 'other' : null };
    if (fault || pin !== again) return;
    this.#begin();
    await setUp(pin, enrolled);
    await this.#finish();
  }

  async #join(event) {
    event.preventDefault();
    this.#begin();
    if (await changeDevice(typed(event).pin, enrolled)) await this.#finish();
    else this._error = (t) => t.wrongPin;
    this.#end();
  }

  async #finish() {
    await keepDevice(enrolled);
    enrolled = null;
    // The office's link holds the token: it goes out of the address, and with it out of the history.
    go('#/', { replace: true });
    askForLastingStorage();
    sync.now();
  }

  async #showStep() {
    await this.updateComplete;
    this.querySelector('h1')?.focus({ preventScroll: true });
  }

  #begin() {
    this._error = null;
    this._isBusy = true;
  }

  #end() {
    this._isBusy = false;
  }
}

customElements.define('field-set-up', FieldSetUp);
