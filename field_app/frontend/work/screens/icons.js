/** The pictures on buttons; the words beside them say what they do. */

import { html, svg } from 'lit';

const DRAWINGS = {
  map: svg`<path d="M9 4 3 6.5v13L9 17l6 2.5 6-2.5V4L15 6.5 9 4Zm0 0v13m6-10.5v13" />`,
  add: svg`<path d="M4 11 12 4l8 7v9H4Zm8 1v5m-2.5-2.5h5" />`,
  alert: svg`<path d="M12 3 22 20H2Zm0 6v5m0 3v.2" />`,
  list: svg`<path d="M4 6h.2M8 6h12M4 12h.2M8 12h12M4 18h.2M8 18h12" />`,
  here: svg`<circle cx="12" cy="12" r="6.5" /><path d="M12 2v3.5m0 13V22M2 12h3.5m13 0H22" />`,
  whole: svg`<path d="M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5" />`,
  plus: svg`<path d="M12 5v14M5 12h14" />`,
  minus: svg`<path d="M5 12h14" />`,
  door: svg`<path d="M6 21V3h12v18M3 21h18M14.5 12v.2" />`,
  no: svg`<circle cx="12" cy="12" r="9" /><path d="m5.8 5.8 12.4 12.4" />`,
  clock: svg`<circle cx="12" cy="12" r="9" /><path d="M12 7v5l3.5 2.5" />`,
  paper: svg`<path d="M6 3h9l4 4v14H6Zm3 8h7m-7 4h7M15 3v4h4" />`,
  ruin: svg`<path d="M4 11 12 4l8 7v9H4Zm5 9v-6h6v6" />`,
  more: svg`<circle cx="5" cy="12" r="1.4" /><circle cx="12" cy="12" r="1.4" /><circle cx="19" cy="12" r="1.4" />`,
  swap: svg`<path d="M4 8h14l-4-4m6 12H6l4 4" />`,
  camera: svg`<path d="M4 8h4l1.5-3h5L16 8h4v11H4Z" /><circle cx="12" cy="13" r="3.5" />`,
  pen: svg`<path d="M4 20l1-5L16 4l4 4L9 19l-5 1Z" />`,
};

/** One picture. */
export function icon(name, size = 28) {
  return html`<svg class="icon" width=${size} height=${size} viewBox="0 0 24 24" aria-hidden="true">
    ${DRAWINGS[name]}
  </svg>`;
}
