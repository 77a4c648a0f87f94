// Makes the file for the office; where nothing is unsent, lets a locked tablet begin anew.
import { html, nothing } from 'lit';

import { changes } from '../../store/changes.js';
import { emptyEverything } from '../../store/database.js';
import { unsent } from '../../store/unsent.js';
import { exportFile, save } from '../export_file.js';
import { say } from '../language.js';
import { Screen } from '../screen.js';
import { words } from './last_resort_words.js';

class FieldLastResort extends Screen {
  static properties = { isLocked: {}, _unsent: { state: true }, _made: { state: true } };

  constructor() {
    super();
    this.isLocked = false;
    this._unsent = null;
    this._made = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.listen(changes, 'changed', () => this.#count());
    this.#count();
  }

  async #count() {
    this._unsent = await unsent();
  }

  render() {
    const t = say(words);
    return html`
      <p>${t.text}</p>
      ${this.isLocked ? html`<p>${t.forgotten}</p>` : nothing}
      ${this._unsent === 0 ? html`<p>${t.nothing}</p>` : nothing}
      ${this._made
        ? html`<p class="notice notice--good" role="status">
            ${t.made(this._made.count, this._made.name)}
          </p>`
        : nothing}
      ${this._unsent ? this.#make(t) : nothing}
      ${this._unsent === 0 && this.isLocked ? this.#startOver(t) : nothing}
    `;
  }

  #make(t) {
    return html`<button class="button button--second button--wide" @click=${this.#export}>
      ${t.make}
    </button>`;
  }

  #startOver(t) {
    return html`<p>${t.startOverText}</p>
      <button class="button button--second button--wide" @click=${startOver}>${t.startOver}</button>`;
  }

  async #export() {
    this._made = await exportFile();
    save(this._made);
  }
}

/** Counted again at the last moment: what is unsent is never cleared. */
async function startOver() {
  if ((await unsent()) > 0) return;
  await emptyEverything();
  location.reload();
}

customElements.define('field-last-resort', FieldLastResort);
