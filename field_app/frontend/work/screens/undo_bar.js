/** The bar that says what was noted last, and takes it back for five seconds. */

import { LitElement, html, nothing } from 'lit';

import { languageChanges, say } from '../../app/language.js';
import { forget, lastNote, pendingChanges, tryAgain, undo } from '../pending.js';
import { words } from '../words.js';

const SHOWN_AFTERWARDS_MS = 4_000;

/** Shown above every screen while there is something to say. */
export class UndoBar extends LitElement {
  static properties = { note: { state: true }, seconds: { state: true } };

  #look = () => this.#show();
  #ticking;
  #leaving;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    pendingChanges.addEventListener('changed', this.#look);
    languageChanges.addEventListener('changed', this.#look);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    pendingChanges.removeEventListener('changed', this.#look);
    languageChanges.removeEventListener('changed', this.#look);
    clearInterval(this.#ticking);
    clearTimeout(this.#leaving);
  }

  render() {
    const t = say(words).undo;
    return html`<aside class="undo" aria-label=${t.label} ?hidden=${!this.note}>
      <p class="undo__words" role="status">${this.#sentence(t)}</p>
      <span class="undo__seconds" aria-hidden="true">${this.note?.state === 'held' ? this.seconds : ''}</span>
      ${this.#buttons(t)}
    </aside>`;
  }

  #sentence(t) {
    if (!this.note) return '';
    const what = this.note.what();
    if (this.note.state === 'held' || this.note.state === 'writing') return what;
    return t[this.note.state](what);
  }

  #buttons(t) {
    if (this.note?.state === 'held') {
      return html`<button class="button button--small undo__button" @click=${undo}>${t.undo}</button>`;
    }
    if (this.note?.state === 'failed') {
      return html`<button class="button button--small undo__button" @click=${tryAgain}>${t.again}</button>`;
    }
    return nothing;
  }

  #show() {
    this.note = lastNote() && { ...lastNote() };
    clearInterval(this.#ticking);
    clearTimeout(this.#leaving);
    if (this.note?.state === 'held') this.#count();
    if (this.note?.state === 'saved' || this.note?.state === 'undone') {
      this.#leaving = setTimeout(forget, SHOWN_AFTERWARDS_MS);
    }
  }

  #count() {
    const tick = () => {
      this.seconds = Math.max(0, Math.ceil((this.note.finalAt - Date.now()) / 1000));
    };
    tick();
    this.#ticking = setInterval(tick, 250);
  }
}

customElements.define('field-undo', UndoBar);
