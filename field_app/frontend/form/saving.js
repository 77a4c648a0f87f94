// Saves every change at once, and says "saved" only when it is on the disk.

const GATHERED_FOR_MS = 80;
const AGAIN_AFTER_MS = 2_000;

/** Writes what is to be kept; changes within a moment of each other are written together. */
export class Saving {
  /** @type {'none'|'saving'|'saved'|'failed'} */
  state = 'none';
  /** @type {Date|null} */
  savedAt = null;
  #write;
  #onState;
  #timer;
  #asked = 0;

  /**
   * @param {() => Promise<void>} write resolves once it is on the disk
   * @param {() => void} onState
   */
  constructor(write, onState) {
    this.#write = write;
    this.#onState = onState;
  }

  /** Something changed. */
  soon() {
    this.#show('saving');
    this.#timer ??= setTimeout(() => this.now(), GATHERED_FOR_MS);
  }

  /** Write now; needed before the page is left. */
  async now() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const mine = (this.#asked += 1);
    try {
      await this.#write();
      if (mine === this.#asked && !this.#timer) this.#show('saved');
    } catch {
      this.#show('failed');
      this.#timer ??= setTimeout(() => this.now(), AGAIN_AFTER_MS);
    }
  }

  /** Write what was not written yet. */
  async flush() {
    if (this.#timer) await this.now();
  }

  #show(state) {
    if (state === 'saved') this.savedAt = new Date();
    if (state === this.state && state !== 'saved') return;
    this.state = state;
    this.#onState();
  }
}
