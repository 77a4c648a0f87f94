// Fields to type in. A key stroke is saved at once and becomes the answer when the field is left,
// so that a number never passes through another one on its way: 12 is not 1 for a moment.
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { referenceOf } from '../engine.js';
import { grouped } from '../identity_number.js';
import { digitsOf } from '../typed.js';

const DIGITS_IN_NUMBER = 13;

/** A whole number. */
export const numberField = (asked) =>
  field(asked, { kind: 'number', inputmode: 'numeric', value: asked.filling.shown(asked.node) });

/** An identity number, grouped as on the card while it is typed. */
export function identityField(asked) {
  const value = grouped(digitsOf(asked.filling.shown(asked.node)));
  return field(asked, { kind: 'identity', inputmode: 'numeric', value, onInput: regroup });
}

/** A text; one that asks for an account of something gets more room. */
export function textField(asked) {
  const { filling, node, question } = asked;
  const value = filling.shown(node);
  const inputmode = question.appearance.includes('numbers') ? 'numeric' : 'text';
  return field(asked, { kind: 'text', inputmode, value });
}

function field({ id, filling, node, isWrong, describedBy }, { kind, inputmode, value, onInput }) {
  const typed = ({ target }) => {
    onInput?.(target);
    filling.type(referenceOf(node), target.value);
  };
  return html`<input
    id="${id}-field"
    class="input input--${kind}"
    type="text"
    inputmode=${inputmode}
    autocomplete="off"
    autocapitalize="off"
    spellcheck="false"
    aria-describedby=${describedBy}
    aria-invalid=${isWrong ? 'true' : nothing}
    .value=${live(value)}
    @input=${typed}
    @change=${() => filling.commitTyped()}
  />`;
}

/** Group the digits anew, with the caret behind the same digit as before. */
function regroup(input) {
  const before = digitsOf(input.value.slice(0, input.selectionStart)).length;
  const digits = digitsOf(input.value).replace(/\D/g, '').slice(0, DIGITS_IN_NUMBER + 1);
  input.value = grouped(digits);
  let place = 0;
  for (let passed = 0; passed < before && place < input.value.length; place += 1) {
    if (input.value[place] !== '-') passed += 1;
  }
  input.setSelectionRange(place, place);
}
