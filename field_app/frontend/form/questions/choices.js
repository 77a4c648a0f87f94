// Choices as large cards: one, or as many as apply.
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';

import { say } from '../../app/language.js';
import { textOf } from '../engine.js';
import { words } from '../words.js';

const SHORT = 14;
const MANY = 7;

/** The cards of a question. */
export function choices(asked, offered) {
  const { node, filling, isRequired } = asked;
  const chosen = textOf(node).split(' ').filter(Boolean);
  const mayClear = chosen.length > 0 && !isRequired;
  return html`<div class="cards ${layoutOf(offered)}">
      ${offered.map((choice) => card(asked, choice, chosen))}
    </div>
    ${mayClear
      ? html`<button class="link-button" type="button" @click=${() => filling.answer(node, '')}>
          ${say(words).clear}
        </button>`
      : nothing}`;
}

/** One card. */
export function card({ id, node, filling, question, isWrong }, { value, label }, chosen) {
  const isMany = question.control === 'select';
  const choose = ({ target }) => {
    filling.answer(node, isMany ? toggled(chosen, value, target.checked) : value);
  };
  return html`<label class="card">
    <input
      type=${isMany ? 'checkbox' : 'radio'}
      name=${id}
      value=${value}
      aria-invalid=${isWrong && isMany ? 'true' : nothing}
      .checked=${live(chosen.includes(value))}
      @change=${choose}
    />
    <span>${label}</span>
  </label>`;
}

/** Short labels stand side by side; many cards in two columns where there is room. */
function layoutOf(offered) {
  if (offered.every(({ label }) => label.length <= SHORT)) return 'cards--short';
  return offered.length > MANY ? 'cards--many' : '';
}

const toggled = (chosen, value, isChosen) =>
  (isChosen ? [...chosen, value] : chosen.filter((each) => each !== value)).join(' ');
