// What every screen of the frame has in common: it is drawn again when language or facts change.
import { LitElement } from 'lit';

import { languageChanges } from './language.js';

/** A screen in the page itself, so that one style sheet, labels and ids hold everywhere. */
export class Screen extends LitElement {
  #leaving = null;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#leaving = new AbortController();
    this.listen(languageChanges, 'changed', () => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#leaving.abort();
  }

  /** Listen to something as long as the screen is shown. */
  listen(target, name, heard) {
    target.addEventListener(name, heard, { signal: this.#leaving.signal });
  }
}
