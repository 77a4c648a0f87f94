/**
 * The signs of how a household stands: each has a shape of its own, so that nobody needs its colour.
 *
 * A screen draws `signSheet()` once and any number of `sign(…)` that point into it.
 */

import { html, svg } from 'lit';

const TEXT_SIZE = 24;

const SHAPES = {
  todo: svg`<circle class="sign__paper" cx="12" cy="12" r="8.5" />`,
  appointment: svg`<path class="sign__ground" d="M12 1 23 12 12 23 1 12Z" />
    <path class="sign__line" d="M12 7v5l3.5 2.5" />`,
  collect: svg`<path class="sign__ground" d="M3 2h18v20H3Z" />
    <path class="sign__line" d="M12 6v10M8 12.5l4 4 4-4" />`,
  correct: svg`<path class="sign__ground" d="M12 1.5 23.5 22H.5Z" />
    <path class="sign__line" d="M12 9v6M12 18.3v.2" />`,
  draft: svg`<circle class="sign__paper" cx="12" cy="12" r="9" />
    <path class="sign__ground" d="M12 3a9 9 0 0 0 0 18Z" />`,
  waiting: svg`<path class="sign__ground" d="M12 1 23 9.5 19 22H5L1 9.5Z" />
    <path class="sign__line" d="M12 18V8M8 11.5l4-4 4 4" />`,
  held: svg`<path class="sign__ground" d="M7.5 1h9L23 7.5v9L16.5 23h-9L1 16.5v-9Z" />
    <path class="sign__line" d="M9.5 8v8M14.5 8v8" />`,
  done: svg`<circle class="sign__ground" cx="12" cy="12" r="10" />
    <path class="sign__line" d="m7 12.5 3.5 3.5L17 8.5" />`,
  ended: svg`<circle class="sign__ground" cx="12" cy="12" r="10" />
    <path class="sign__line" d="M7 12h10" />`,
};

/** The drawings that the signs of a screen point to. */
export function signSheet() {
  return html`<svg class="signs" width="0" height="0" aria-hidden="true">
    ${Object.entries(SHAPES).map(
      ([name, shape]) => svg`<symbol id=${`sign-${name}`} class=${`sign--${name}`}
        viewBox="0 0 24 24">${shape}</symbol>`,
    )}
  </svg>`;
}

/** One sign, for the eye only: the words beside it say the same. */
export function sign(name, size = TEXT_SIZE) {
  return html`<svg class="sign" width=${size} height=${size} aria-hidden="true">
    <use href=${`#sign-${name}`}></use>
  </svg>`;
}

/** A sign on the map, its middle in the middle. */
export function signOnMap(name) {
  return svg`<use class="map__sign" href=${`#sign-${name}`} x="-12" y="-12" width="24" height="24"></use>`;
}
