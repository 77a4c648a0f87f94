// Whom the register lists here: shown as what it says, asked about, and no answer until confirmed.
import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { addRegistered, registeredPersons, setAway, wordsOf } from '../persons.js';
import { words } from '../words.js';

/** Those of the register who are not on the list yet. */
export function register(filling) {
  const waiting = registeredPersons(filling).filter(({ line }) => line === 0);
  if (waiting.length === 0) return nothing;
  const spoken = say(words).register;
  return html`<section class="register" aria-labelledby="register-title">
    <h2 id="register-title">${spoken.title}</h2>
    <p class="question__hint">${spoken.explain}</p>
    <ul class="plain-list">
      ${waiting.map((each) => (each.isAway ? awayCard(filling, each) : card(filling, each)))}
    </ul>
  </section>`;
}

/** How many of the register were not asked about. */
export const unasked = (filling) =>
  registeredPersons(filling).filter(({ line, isAway }) => line === 0 && !isAway).length;

function card(filling, registered) {
  const spoken = say(words).register;
  const confirm = () => addRegistered(filling, registered);
  const correct = () => filling.go(`${addRegistered(filling, registered)}/${firstPage(filling)}`);
  return html`<li class="sheet register__person">
    <p class="register__name">${nameOf(filling, registered)}</p>
    <p class="register__facts">${factsOf(filling, registered)}</p>
    <div class="register__answers">
      <button class="button button--second button--small" type="button" @click=${confirm}>${spoken.right}</button>
      <button class="button button--second button--small" type="button" @click=${correct}>${spoken.changed}</button>
      <button class="button button--second button--small" type="button" @click=${() => setAway(filling, registered.id, true)}>
        ${spoken.away}
      </button>
    </div>
  </li>`;
}

function awayCard(filling, registered) {
  const spoken = say(words).register;
  return html`<li class="sheet register__person">
    <p class="register__name">${nameOf(filling, registered)} <span class="tag">${spoken.isAway}</span></p>
    <button class="link-button" type="button" @click=${() => setAway(filling, registered.id, false)}>${spoken.undo}</button>
  </li>`;
}

const firstPage = (filling) => filling.description.pages.find((page) => page.repeat).name;

function nameOf(filling, { title, first_name: first, surname }) {
  return [wordsOf(filling, 'p02_title', title), first, surname].filter(Boolean).join(' ');
}

function factsOf(filling, { sex, birth_month: month, birth_year_be: year, nationality }) {
  const code = String(month).padStart(2, '0');
  return [
    wordsOf(filling, 'p04', sex),
    say(words).register.born(wordsOf(filling, 'p05_month', code), year),
    wordsOf(filling, 'p08', nationality),
  ]
    .filter(Boolean)
    .join(' · ');
}
