// The bar at the top of every screen: the way home, how things stand with the office, language, settings.
import { html, nothing } from 'lit';

import * as outbox from '../store/outbox.js';
import { changes } from '../store/changes.js';
import { state, syncChanges } from '../sync/sync.js';
import { homeSign, settingsSign } from './icons.js';
import { otherLanguage, say, setLanguage } from './language.js';
import { Screen } from './screen.js';
import { words } from './words.js';

const NEEDS_SOMEBODY = new Set(['revoked', 'unknown', 'forbidden', 'nonsense', 'tablet']);

class FieldBar extends Screen {
  static properties = { isOpen: {}, _waiting: { state: true } };

  constructor() {
    super();
    this.isOpen = false;
    this._waiting = 0;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(syncChanges, 'changed', () => this.requestUpdate());
    this.listen(changes, 'changed', ({ detail }) => {
      if (detail.store === 'outbox') this.#count();
    });
    this.#count();
  }

  async #count() {
    const { submissions, actions, files, refused } = await outbox.waiting();
    this._waiting = submissions + actions + files + refused;
  }

  render() {
    const t = say(words);
    return html`<header class="bar">
      ${this.isOpen
        ? html`<a class="bar__sign" href="#/" aria-label=${t.home} title=${t.home}>${homeSign}</a>`
        : html`<span class="bar__name">${t.app}</span>`}
      ${this.#standing(t)}
      <button
        class="bar__button"
        lang=${otherLanguage()}
        aria-label=${t.toOther}
        @click=${() => setLanguage(otherLanguage())}
      >
        ${t.other}
      </button>
      ${this.isOpen
        ? html`<a class="bar__sign" href="#/settings" aria-label=${t.settings} title=${t.settings}
            >${settingsSign}</a
          >`
        : nothing}
    </header>`;
  }

  /** Connection and what is unsent; before the PIN it is only read, not opened. */
  #standing(t) {
    const isWrong = NEEDS_SOMEBODY.has(state.problem);
    const kind = isWrong ? 'wrong' : state.online ? 'online' : 'offline';
    const parts = [
      state.busy ? t.sending : state.online ? t.online : t.offline,
      ...(isWrong ? [t.trouble] : []),
      ...(this._waiting ? [t.waiting(this._waiting)] : []),
    ];
    const text = parts.join(' · ');
    if (!this.isOpen) return html`<span class="bar__state bar__state--${kind}">${text}</span>`;
    return html`<a class="bar__state bar__state--${kind}" href="#/sync">
      <span class="visually-hidden">${t.about}: </span>${text}
    </a>`;
  }
}

customElements.define('field-bar', FieldBar);
