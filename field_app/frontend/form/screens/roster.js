// The list of persons: who is on it, what is left to ask each of them, who comes and who goes.
import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { textOf } from '../engine.js';
import { addPerson, isUntouched, removePerson, told } from '../persons.js';
import { doubtBox } from '../questions/doubt.js';
import { PERSONS, REVIEW } from '../steps.js';
import { words } from '../words.js';
import { personLine } from './page.js';
import { register } from './register.js';

const SAID_TO_LIVE_HERE = '/data/h22';
const HEAD = '00';

/** The list of persons. */
export function roster(filling) {
  const spoken = say(words).roster;
  const persons = listed(filling);
  return html`<h1 tabindex="-1">${spoken.title}</h1>
    ${counts(filling, persons)}
    ${persons.length === 0 ? html`<p class="question__hint">${spoken.none}. ${spoken.headFirst}.</p>` : nothing}
    <ol class="plain-list persons">
      ${persons.map(({ person, line }) => personCard(filling, person, line))}
    </ol>
    ${filling.doubtsOf(filling.step).map((doubt) => doubtBox(filling, doubt))}
    ${register(filling)}
    ${isShort(filling)
      ? nothing
      : html`<button class="button button--second button--wide" type="button" @click=${() => addAndAsk(filling)}>
          + ${spoken.add}
        </button>`}`;
}

/** Where the list leads: to a person who is not complete, to one more person, or to the last look. */
export function afterRoster(filling) {
  const spoken = say(words).roster;
  const open = firstOpen(filling);
  if (isShort(filling)) return { label: `+ ${spoken.add}`, go: () => addAndAsk(filling) };
  if (!open) return { label: spoken.toReview, go: () => filling.go(REVIEW) };
  const { name } = personLine(filling, open.person);
  return {
    label: spoken.continueWith(name || spoken.line(open.line)),
    go: () => filling.go(firstOpenPage(filling, open.line)),
  };
}

/** Whether everybody listed is complete, and more are said to live here. */
const isShort = (filling) => !firstOpen(filling) && listed(filling).length < saidToLiveHere(filling);

const firstOpen = (filling) => listed(filling).find(({ line }) => leftFor(filling, line) > 0);

/** Where nothing was said, one person at least is looked for. */
const saidToLiveHere = (filling) => Number(textOf(filling.form.node(SAID_TO_LIVE_HERE)) || 1);

/** How much is left to ask about the person on a line. */
export function leftFor(filling, line) {
  return stepsOfPerson(filling, line).reduce((sum, step) => sum + filling.leftOn(step), 0);
}

/** Put somebody on the list and ask for their name. */
export function addAndAsk(filling) {
  const line = addPerson(filling);
  filling.go(stepsOfPerson(filling, line)[0].key);
}

/** The persons on the list; a line nobody was put on yet is none. */
export function listed(filling) {
  return filling.form
    .entries(PERSONS)
    .map((person, place) => ({ person, line: place + 1 }))
    .filter(({ person }) => !isUntouched(person));
}

function counts(filling, persons) {
  const said = textOf(filling.form.node(SAID_TO_LIVE_HERE));
  if (said === '') return nothing;
  const isSame = Number(said) === persons.length;
  return html`<p class=${isSame ? 'notice notice--good' : 'notice'}>
    ${say(words).roster.expected(said, persons.length)}
  </p>`;
}

function personCard(filling, person, line) {
  const spoken = say(words).roster;
  const { name, facts } = personLine(filling, person);
  const left = leftFor(filling, line);
  return html`<li class="sheet person">
    <button class="person__open" type="button" @click=${() => filling.go(firstOpenPage(filling, line))}>
      <span class="person__line" aria-hidden="true">${line}</span>
      <span class="person__name">${name || spoken.unnamed}<span class="person__facts">${facts}</span></span>
      <span class=${left ? 'tag tag--attention' : 'tag tag--good'}>${left ? spoken.left(left) : spoken.complete}</span>
    </button>
    ${filling.leaving === line
      ? askToRemove(filling, name || spoken.line(line), line)
      : changes(filling, name || spoken.line(line), line)}
  </li>`;
}

function changes(filling, name, line) {
  const { remove, putFirst } = say(words).roster;
  return html`<div class="person__changes">
    ${line > 1 && !hasHeadFirst(filling) ? change(putFirst, name, () => filling.putFirst(line)) : nothing}
    ${change(remove, name, () => filling.askAbout(line))}
  </div>`;
}

const change = (text, name, act) =>
  html`<button class="link-button" type="button" @click=${act}>
    ${text}<span class="visually-hidden"> ${name}</span>
  </button>`;

const hasHeadFirst = (filling) => told(filling.form.entries(PERSONS)[0], 'p03') === HEAD;

function askToRemove(filling, name, line) {
  const spoken = say(words);
  return html`<div class="notice notice--wrong" role="alert">
    <p><strong>${spoken.roster.removeAsk(name)}</strong> ${spoken.roster.removeWarn}</p>
    <div class="button-row">
      <button class="button button--danger button--small" type="button" @click=${() => takeOut(filling, line)}>
        ${spoken.roster.removeYes}
      </button>
      <button class="button button--second button--small" type="button" @click=${() => filling.askAbout(null)}>
        ${spoken.cancel}
      </button>
    </div>
  </div>`;
}

function takeOut(filling, line) {
  filling.askAbout(null);
  removePerson(filling, line);
}

function firstOpenPage(filling, line) {
  const steps = stepsOfPerson(filling, line);
  return (steps.find((step) => filling.leftOn(step) > 0) ?? steps[0]).key;
}

const stepsOfPerson = (filling, line) => filling.steps.filter((step) => step.line === line);
