// The frames in which forms are filled in: each for one form, then thrown away with all its memory.
//
// One is kept ready, its engine warmed up, so that nobody waits for it. A frame must stay where it is
// in the page: moved, it would start anew.
import { lineToFrame } from '../form/line.js';
import { newest } from '../store/questionnaires.js';

const FORM = 'household';
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
    if (ready) return;
    ready = newFrame();
    warmUp(ready);
  }, IDLE);
}

async function warmUp({ line }) {
  const questionnaire = await newest(FORM);
  if (questionnaire) (await line).ask('prepare', { xform: questionnaire.xform });
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
