/** Finds where the tablet is in the background: nobody waits for a satellite at a door. */

import { current } from '../app/position.js';

const PATIENCE_MS = 20_000;

/** Starts looking at once; `now()` is what is known so far, or null. */
export class PlaceFinder {
  #known = null;

  constructor(look = current) {
    this.found = look({ timeout: PATIENCE_MS }).then((position) => {
      this.#known = position;
      return position;
    });
  }

  /** The position as far as it is known. */
  now() {
    return this.#known;
  }
}
