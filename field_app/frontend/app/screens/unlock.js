// The lock: shows nothing of what is on the tablet, and asks for the PIN.
import { html, nothing } from 'lit';

import { unlock, waitingTime } from '../../vault/vault.js';
import { pinField, typed } from '../fields.js';
import { say } from '../language.js';
import { Screen } from '../screen.js';
import { askForLastingStorage } from '../storage.js';
import './last_resort.js';
import { words } from './unlock_words.js';

const SECOND_MS = 1_000;

class FieldUnlock extends Screen {
  static properties = {
    _isBusy: { state: true },
    _isWrong: { state: true },
    _wait: { state: true },
  };

  #timer = null;

  constructor() {
    super();
    this._isBusy = false;
    this._isWrong = false;
    this._wait = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#countDown();
    this.#timer = setInterval(() => this._wait && this.#countDown(), SECOND_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  render() {
    const t = say(words);
    const mayTry = !this._isBusy && !this._wait;
    return html`
      <h1 tabindex="-1">${t.title}</h1>
      <p>${t.lead}</p>
      <form @submit=${this.#unlock}>
        ${pinField({
          name: 'pin',
          label: t.pin,
          error: this._isWrong ? t.wrong : null,
          isFirst: true,
        })}
        ${this._wait
          ? html`<p class="notice notice--attention" role="status">${t.wait(this.#shownWait(t))}</p>`
          : nothing}
        <button class="button button--wide" ?disabled=${!mayTry}>
          ${this._isBusy ? t.opening : t.open}
        </button>
      </form>
      <details class="more">
        <summary>${t.forgotten}</summary>
        <field-last-resort .isLocked=${true}></field-last-resort>
      </details>
    `;
  }

  #shownWait(t) {
    const seconds = Math.ceil(this._wait / SECOND_MS);
    return t.minutes(Math.floor(seconds / 60), seconds % 60);
  }

  async #countDown() {
    this._wait = await waitingTime();
  }

  async #unlock(event) {
    event.preventDefault();
    if (this._isBusy || this._wait) return;
    const form = event.currentTarget;
    const { pin } = typed(event);
    this._isBusy = true;
    this._isWrong = false;
    const { isOpen, wait } = await unlock(pin);
    this._isBusy = false;
    this._wait = wait;
    this._isWrong = !isOpen;
    if (isOpen) askForLastingStorage();
    else form.reset();
  }
}

customElements.define('field-unlock', FieldUnlock);
