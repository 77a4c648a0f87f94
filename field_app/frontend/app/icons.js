// The few signs of the frame, drawn by ourselves; the words beside them say what they mean.
import { svg, html } from 'lit';

const sign = (paths) => html`<svg
  class="icon"
  viewBox="0 0 24 24"
  width="24"
  height="24"
  aria-hidden="true"
  focusable="false"
>
  ${paths}
</svg>`;

/** A house: the way home. */
export const homeSign = sign(svg`<path d="M4 11.5 12 4l8 7.5V20h-5.5v-5h-5v5H4z" />`);

/** Sliders: the settings. */
export const settingsSign = sign(
  svg`<path d="M4 7h9m5 0h2M4 17h2m5 0h9" /><circle cx="15.5" cy="7" r="2.5" /><circle cx="8.5" cy="17" r="2.5" />`,
);
