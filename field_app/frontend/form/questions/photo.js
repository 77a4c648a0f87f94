// A photo as evidence: taken with the camera, made smaller here, kept as a file, shown, removable.
import { LitElement, html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { nameOf, textOf } from '../engine.js';
import { scaled } from '../scaled.js';
import { words } from '../words.js';

class Photo extends LitElement {
  static properties = {
    filling: { attribute: false },
    node: { attribute: false },
    state: { state: true },
    isAsking: { state: true },
  };

  #shown = { file: null, url: null };

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#forgetUrl();
  }

  render() {
    const spoken = say(words).photo;
    const hasPhoto = textOf(this.node) !== '';
    return html`${hasPhoto ? this.#picture() : nothing}
      <p aria-live="polite" class=${this.state === 'failed' ? 'question__error' : 'question__hint'}>
        ${this.state ? spoken[this.state] : nothing}
      </p>
      ${this.isAsking ? this.#askToRemove() : this.#buttons(hasPhoto)}`;
  }

  #picture() {
    const url = this.#url();
    return url ? html`<img class="photo" src=${url} alt=${say(words).photo.shown} />` : nothing;
  }

  #buttons(hasPhoto) {
    const spoken = say(words).photo;
    return html`<div class="button-row">
      <label class="button button--second camera">
        <span>${hasPhoto ? spoken.again : spoken.take}</span>
        <input class="camera__input" type="file" accept="image/*" capture="environment" @change=${this.#take} />
      </label>
      ${hasPhoto
        ? html`<button class="link-button" type="button" @click=${() => (this.isAsking = true)}>${spoken.remove}</button>`
        : nothing}
    </div>`;
  }

  #askToRemove() {
    const spoken = say(words);
    return html`<div class="button-row" role="group" aria-label=${spoken.photo.removeAsk}>
      <p>${spoken.photo.removeAsk}</p>
      <button class="button button--danger button--small" type="button" @click=${this.#remove}>${spoken.photo.remove}</button>
      <button class="button button--second button--small" type="button" @click=${() => (this.isAsking = false)}>${spoken.cancel}</button>
    </div>`;
  }

  async #take({ target }) {
    const [taken] = target.files;
    target.value = '';
    if (!taken) return;
    this.state = 'working';
    try {
      const name = `${nameOf(this.node)}-${Date.now()}.jpg`;
      const photo = await scaled(taken, this.node.maxPixels, name);
      await this.filling.keepPhoto(this.node, photo);
      this.state = null;
    } catch {
      this.state = 'failed';
    }
  }

  async #remove() {
    this.isAsking = false;
    await this.filling.removePhoto(this.node);
  }

  #url() {
    const file = this.node.currentState.value;
    if (this.#shown.file !== file) {
      this.#forgetUrl();
      this.#shown = { file, url: file ? URL.createObjectURL(file) : null };
    }
    return this.#shown.url;
  }

  #forgetUrl() {
    if (this.#shown.url) URL.revokeObjectURL(this.#shown.url);
    this.#shown = { file: null, url: null };
  }
}

customElements.define('field-photo', Photo);
