/** A photo of what was seen: taken with the tablet's camera, made small, shown, taken again. */

import { LitElement, html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { smaller } from '../smaller_photo.js';
import { words } from '../words.js';
import { icon } from './icons.js';

class Photo extends LitElement {
  static properties = { photo: {}, hasFailed: { state: true } };

  createRenderRoot() {
    return this;
  }

  updated(changed) {
    if (changed.has('photo') && this.photo) this.#draw();
  }

  render() {
    const t = say(words).visit;
    return html`<div class="photo">
      ${this.photo
        ? html`<canvas class="photo__picture" role="img" aria-label=${t.photoAlt}></canvas>`
        : nothing}
      ${this.hasFailed ? html`<p class="field__error" role="alert">${t.photoFailed}</p>` : nothing}
      <label class="button button--second photo__take">
        ${icon('camera')}<span>${this.photo ? t.photoAgain : t.photo}</span>
        <input class="visually-hidden" type="file" accept="image/*" capture="environment" @change=${this.#take}>
      </label>
      ${this.photo
        ? html`<button class="button button--second button--small" @click=${this.#remove}>${t.photoRemove}</button>`
        : nothing}
    </div>`;
  }

  async #take(event) {
    const [file] = event.target.files;
    event.target.value = '';
    if (!file) return;
    try {
      const photo = await smaller(file);
      this.hasFailed = false;
      this.dispatchEvent(new CustomEvent('taken', { detail: photo }));
    } catch {
      this.hasFailed = true;
    }
  }

  #remove() {
    this.dispatchEvent(new CustomEvent('removed'));
  }

  /** Drawn, not linked: the page's policy lets no address show a picture that is only here. */
  async #draw() {
    const canvas = this.querySelector('canvas');
    const picture = await createImageBitmap(this.photo);
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d').drawImage(picture, 0, 0);
    picture.close();
  }
}

customElements.define('field-photo', Photo);
