/** What the screens of the day's work have in common: they read the tablet, and read it again. */

import { LitElement } from 'lit';

import { languageChanges } from '../../app/language.js';
import { changes } from '../../store/changes.js';

const REST_MS = 150;

/**
 * A screen that shows what `read()` found, and reads again when something on the tablet changed.
 *
 * It is drawn into the page itself, so that one style sheet and one set of ids serve the whole app.
 */
export class Screen extends LitElement {
  static properties = { found: { state: true } };

  #again = () => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#read(), REST_MS);
  };

  #redraw = () => this.requestUpdate();
  #timer;
  #asked = '';

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    changes.addEventListener('changed', this.#again);
    languageChanges.addEventListener('changed', this.#redraw);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    changes.removeEventListener('changed', this.#again);
    languageChanges.removeEventListener('changed', this.#redraw);
  }

  /** The same screen may be asked to show something else. */
  willUpdate() {
    const asked = this.subject();
    if (asked === this.#asked && this.hasUpdated) return;
    this.#asked = asked;
    this.found = undefined;
    this.#read();
  }

  /** What the screen is about; another subject is read anew. */
  subject() {
    return '';
  }

  /** What the screen needs of the tablet. */
  async read() {
    return {};
  }

  /** Say where one is, once there is a title to say: the tablet is read after the screen is shown. */
  firstDrawn() {
    const nowhere = [document.body, document.querySelector('main'), null];
    if (nowhere.includes(document.activeElement)) this.querySelector('h1')?.focus({ preventScroll: true });
  }

  /** The finished screen, or nothing while the tablet is being read. */
  render() {
    return this.found ? this.draw(this.found) : '';
  }

  async #read() {
    const asked = this.#asked;
    const found = await this.read();
    // A slower answer to an older question must not replace a newer one.
    if (asked !== this.#asked || !this.isConnected) return;
    const isFirst = !this.found;
    this.found = found;
    await this.updateComplete;
    if (isFirst) this.firstDrawn();
  }
}
