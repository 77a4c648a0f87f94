/** The camera that reads a form's barcode; tells the text it read, or that it had to stop. */

import { LitElement, html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { barcodeReader } from '../scanning/barcode_reader.js';
import { Camera } from '../scanning/camera.js';
import { words } from '../words.js';

const REST_MS = 120;
const REFUSAL_SHOWN_MS = 2_000;

class Scanner extends LitElement {
  static properties = { problem: { state: true }, isRefused: { state: true }, canLight: { state: true }, isLit: { state: true } };

  #camera = new Camera();
  #isStopped = false;

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#isStopped = false;
    this.#run();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#isStopped = true;
    this.#camera.stop();
  }

  /** What was read is no form's number. */
  refuse() {
    this.isRefused = true;
    clearTimeout(this.refusal);
    this.refusal = setTimeout(() => { this.isRefused = false; }, REFUSAL_SHOWN_MS);
  }

  render() {
    const t = say(words).paper;
    if (this.problem) return html`<p class="notice notice--attention" role="alert">${t.camera[this.problem]}</p>`;
    return html`<div class="scanner">
      <video class="scanner__video" playsinline muted aria-label=${t.scanning}></video>
      <p class="scanner__words" role="status">${this.isRefused ? t.camera.strange : t.scanning}</p>
      ${this.canLight
        ? html`<button class="button button--second button--small scanner__light" type="button"
            aria-pressed=${String(Boolean(this.isLit))} @click=${this.#light}>${t.torch}</button>`
        : nothing}
    </div>`;
  }

  async #run() {
    await this.updateComplete;
    try {
      const [read] = await Promise.all([
        barcodeReader(), this.#camera.start(this.querySelector('video')),
      ]);
      this.canLight = this.#camera.hasLight;
      await this.#look(read);
    } catch (failure) {
      this.#camera.stop();
      this.problem = failure.reason ?? 'failed';
      this.dispatchEvent(new CustomEvent('failed', { detail: this.problem }));
    }
  }

  async #look(read) {
    while (!this.#isStopped) {
      const text = await this.#camera.read(read);
      if (text && !this.#isStopped) this.dispatchEvent(new CustomEvent('read', { detail: text }));
      await new Promise((resolve) => { setTimeout(resolve, REST_MS); });
    }
  }

  async #light() {
    this.isLit = await this.#camera.light(!this.isLit);
  }
}

customElements.define('field-scanner', Scanner);
