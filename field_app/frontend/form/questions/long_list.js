// A choice from a long list: a field to search in, and the first entries that fit as cards.
import { LitElement, html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { textOf } from '../engine.js';
import { words } from '../words.js';
import { card } from './choices.js';

const LONG = 18;
const SHOWN = 8;

/** Whether a list is too long to be read through. */
export const isLong = (offered) => offered.length > LONG;

/** The list of a question. */
export const longList = (asked, offered) =>
  html`<field-long-list .asked=${asked} .offered=${offered}></field-long-list>`;

class LongList extends LitElement {
  static properties = {
    asked: { attribute: false },
    offered: { attribute: false },
    sought: { state: true },
    isOpen: { state: true },
  };

  #isTap = false;

  constructor() {
    super();
    this.sought = '';
    this.isOpen = false;
  }

  createRenderRoot() {
    return this;
  }

  /** Once it was opened it stays open while arrow keys go through it. */
  willUpdate() {
    if (!textOf(this.asked.node)) this.isOpen = true;
  }

  render() {
    const value = textOf(this.asked.node);
    const chosen = this.offered.find((each) => each.value === value);
    return chosen && !this.isOpen ? this.#chosen(chosen) : this.#search(value);
  }

  #chosen({ label }) {
    return html`<div class="chosen">
      <span class="chosen__label"><span class="visually-hidden">${say(words).chosen}: </span>${label}</span>
      <button class="button button--second button--small" type="button" @click=${this.#open}>
        ${say(words).another}
      </button>
    </div>`;
  }

  #search(value) {
    const { id, describedBy } = this.asked;
    const found = this.#found();
    const shown = found.slice(0, SHOWN);
    return html`<label class="visually-hidden" for="${id}-field">${say(words).search}</label>
      <input
        id="${id}-field"
        class="input"
        type="search"
        autocomplete="off"
        placeholder=${say(words).search}
        aria-describedby=${describedBy}
        .value=${this.sought}
        @input=${this.#seek}
        @change=${(event) => event.stopPropagation()}
      />
      <p class="question__hint" aria-live="polite">
        ${found.length ? say(words).found(shown.length, found.length) : say(words).noneFound}
      </p>
      <div class="cards" @click=${this.#tapped} @change=${this.#chose} @keydown=${this.#pressed}>
        ${shown.map((choice) => card(this.asked, choice, [value]))}
      </div>
      ${value && !this.asked.isRequired
        ? html`<button class="link-button" type="button" @click=${this.#clear}>${say(words).clear}</button>`
        : nothing}`;
  }

  #found() {
    const sought = this.sought.trim().toLocaleLowerCase();
    return this.offered.filter(({ label }) => label.toLocaleLowerCase().includes(sought));
  }

  #seek({ target }) {
    this.sought = target.value;
  }

  #open() {
    this.isOpen = true;
    this.updateComplete.then(() => this.querySelector('input').focus());
  }

  /** A tap chooses, also what was chosen before; arrow keys only go through the list. */
  #tapped({ target, detail }) {
    this.#isTap = detail > 0;
    if (this.#isTap && target.value === textOf(this.asked.node)) this.#close();
  }

  #chose() {
    if (this.#isTap) this.#close();
  }

  #pressed({ key, target }) {
    if (key === 'Enter' && target.checked) this.#close();
  }

  #close() {
    this.isOpen = false;
    this.sought = '';
    this.updateComplete.then(() => this.querySelector('.chosen button')?.focus());
  }

  #clear() {
    this.asked.filling.answer(this.asked.node, '');
  }
}

customElements.define('field-long-list', LongList);
