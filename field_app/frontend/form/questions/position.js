// A position: read by satellite, shown with its accuracy while it gets better, kept as it is.
import { LitElement, html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { words } from '../words.js';

const GOOD_ENOUGH_M = 10;
const READ_FOR_MS = 60_000;
const WATCH = { enableHighAccuracy: true, maximumAge: 0, timeout: 20_000 };
const DENIED = 1;
const DECIMALS = 5;

class Position extends LitElement {
  static properties = {
    filling: { attribute: false },
    node: { attribute: false },
    isReading: { state: true },
    problem: { state: true },
  };

  #watch;
  #timer;
  #best;

  createRenderRoot() {
    return this;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  render() {
    const { value } = this.node.currentState;
    const spoken = say(words).position;
    return html`<output class="position" aria-live="polite">
        ${value ? reading(value) : nothing}
        ${this.isReading ? html`<p>${value ? spoken.improving : spoken.reading}</p>` : nothing}
        ${this.problem ? html`<p class="question__error">${this.problem}</p>` : nothing}
      </output>
      <div class="button-row">
        ${this.isReading
          ? button(spoken.stop, () => this.#stop())
          : button(value || this.problem ? spoken.again : spoken.read, () => this.#read())}
        ${value && !this.isReading
          ? html`<button class="link-button" type="button" @click=${this.#clear}>${spoken.clear}</button>`
          : nothing}
      </div>`;
  }

  #read() {
    this.#stop();
    this.#best = Infinity;
    this.problem = null;
    this.isReading = true;
    this.#watch = navigator.geolocation.watchPosition(
      ({ coords }) => this.#take(coords),
      ({ code }) => this.#fail(code),
      WATCH,
    );
    this.#timer = setTimeout(() => this.#stop(), READ_FOR_MS);
  }

  /** Each better position is kept at once; an accuracy of 0 is kept as it is, and tells the office. */
  #take({ latitude, longitude, altitude, accuracy }) {
    if (accuracy >= this.#best) return;
    this.#best = accuracy;
    this.filling.answerWith(this.node, { latitude, longitude, altitude, accuracy });
    if (accuracy <= GOOD_ENOUGH_M) this.#stop();
  }

  #fail(code) {
    const spoken = say(words).position;
    const hasOne = this.#best < Infinity;
    this.#stop();
    if (!hasOne) this.problem = code === DENIED ? spoken.denied : spoken.failed;
  }

  #stop() {
    if (this.#watch !== undefined) navigator.geolocation.clearWatch(this.#watch);
    clearTimeout(this.#timer);
    this.#watch = undefined;
    this.isReading = false;
  }

  #clear() {
    this.filling.answerWith(this.node, null);
  }
}

function reading({ latitude, longitude, accuracy }) {
  const metres = Math.round(accuracy ?? 0);
  return html`<p class="position__place">${latitude.toFixed(DECIMALS)}, ${longitude.toFixed(DECIMALS)}</p>
    <p>${say(words).position.accuracy(metres)}</p>`;
}

const button = (text, onClick) =>
  html`<button class="button button--second" type="button" @click=${onClick}>${text}</button>`;

customElements.define('field-position', Position);
