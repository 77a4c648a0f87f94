// The frames in which forms are filled in: each for one form, then thrown away with all its memory.
//
// One is kept ready, so that a form does not wait for its engine. A frame must stay where it is in
// the page: moved, it would start anew.
import { lineToFrame } from '../form/line.js';

const ADDRESS = './form';
const IDLE = { timeout: 5_000 };

let ready = null;

/**
 * A frame for one form.
 *
 * @typedef {{element: HTMLIFrameElement, line: Promise<import('../form/line.js').Line>}} Frame
 * @returns {Frame}
 */
export function takeFrame() {
  const frame = ready ?? newFrame();
  ready = null;
  return frame;
}

/** Throw a frame away, and get the next one ready when there is time. */
export async function discard({ element, line }) {
  element.remove();
  getReady();
  (await line).close();
}

/** Have a frame ready before a form is asked for. */
export function getReady() {
  requestIdleCallback(() => {
    ready ??= newFrame();
  }, IDLE);
}

function newFrame() {
  const element = document.createElement('iframe');
  element.className = 'form-frame';
  element.hidden = true;
  const line = lineToFrame(element);
  element.src = ADDRESS;
  document.body.append(element);
  return { element, line };
}
