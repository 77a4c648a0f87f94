// A text of the form that asks nothing: where the household is, why it was returned.
import { html } from 'lit';

import { nameOf } from '../engine.js';

const RETURNED = 'correction';

/** A note; one that says why a form was returned stands out. */
export function note(node) {
  const isReturn = nameOf(node) === RETURNED;
  return html`<p class=${isReturn ? 'notice notice--attention' : 'notice'}>
    ${node.currentState.label?.asString.trim()}
  </p>`;
}
