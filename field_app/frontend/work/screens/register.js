/** What the register says of a household. Names stay covered until somebody asks for them. */

import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { words } from '../words.js';

/**
 * @param {import('../known.js').Known} household
 * @param {{ areNamesShown: boolean, onNames: () => void }} names
 */
export function registerSheet({ register }, { areNamesShown, onNames }) {
  const t = say(words).household;
  const members = register?.members ?? [];
  const isEmpty = !register?.house_code && register?.persons == null && members.length === 0;
  return html`<section class="sheet" aria-labelledby="register">
    <h2 class="sheet__title" id="register">${t.register}</h2>
    ${isEmpty ? html`<p>${t.noRegister}</p>` : facts(register, t)}
    ${members.length ? memberList(members, areNamesShown, onNames, t) : nothing}
  </section>`;
}

function facts({ house_code: houseCode, persons }, t) {
  return html`<dl class="facts">
    ${houseCode ? html`<dt>${t.houseCode}</dt><dd>${houseCode}</dd>` : nothing}
    ${persons == null ? nothing : html`<dt>${t.personsLabel}</dt><dd>${t.persons(persons)}</dd>`}
  </dl>`;
}

function memberList(members, areNamesShown, onNames, t) {
  return html`<button class="button button--second button--small" aria-expanded=${String(areNamesShown)}
      @click=${onNames}>${areNamesShown ? t.hideNames : t.showNames}</button>
    ${areNamesShown
      ? html`<p class="members__hint">${t.registerHint}</p>
          <ol class="members">${members.map((member) => html`<li>
            <span lang="th">${[member.title, member.first_name, member.surname].filter(Boolean).join(' ')}</span>
            <small>${[t.sexes[member.sex], member.birth_year_be && t.born(member.birth_year_be)].filter(Boolean).join(', ')}</small>
          </li>`)}</ol>`
      : nothing}`;
}
