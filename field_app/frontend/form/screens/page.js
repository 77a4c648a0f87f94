// One page of questions, and what is to be looked at again before one goes on.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

import { say } from '../../app/language.js';
import { doubtWords } from '../doubts.js';
import { nameOf } from '../engine.js';
import { nameOfPerson, told, toldInWords } from '../persons.js';
import { doubtId } from '../questions/doubt.js';
import { idOf, labelOf, messageOf, question } from '../questions/question.js';
import { questionsOf } from '../steps.js';
import { words } from '../words.js';

const FIRST_PAGE = 'household_id';

/** The page one is on. */
export function page(filling) {
  const { step } = filling;
  return html`${step.line ? aboutPerson(filling, step) : nothing}
    <h1 tabindex="-1">${titleOf(filling, step)}</h1>
    ${step.page.name === FIRST_PAGE ? html`<p class="question__hint">${filling.opening.household_id}</p>` : nothing}
    ${filling.warned === step.key ? summary(filling, step) : nothing}
    ${repeat(questionsOf(step), ({ nodeId }) => nodeId, (node) => question(filling, node))}`;
}

/** What a page is called; one that a later version of the form adds goes by its first question. */
export function titleOf(filling, { page: { name, questions } }) {
  return say(words).pages[name] ?? filling.description.words(questions[0], 'label', filling.language);
}

/** Name, sex and age of a person, as far as they are known. */
export function personLine(filling, person) {
  const spoken = say(words).roster;
  const age = told(person, 'p06');
  const facts = [toldInWords(filling, person, 'p04'), age && age !== '999' ? spoken.years(age) : ''];
  return { name: nameOfPerson(person), facts: facts.filter(Boolean).join(' · ') };
}

function aboutPerson(filling, { within, line }) {
  const { name, facts } = personLine(filling, within);
  return html`<p class="person-line">
    <span class="tag">${say(words).roster.line(line)}</span> <strong>${name}</strong> ${facts}
  </p>
  ${told(within, 'register_person') && isFirstPage(filling)
    ? html`<p class="notice">${say(words).register.from}</p>`
    : nothing}`;
}

const isFirstPage = (filling) =>
  questionsOf(filling.step).some((node) => nameOf(node) === 'p02_first');

function summary(filling, step) {
  const spoken = say(words);
  const problems = filling.problemsOf(step);
  const doubts = filling.openDoubtsOf(step);
  if (problems.length + doubts.length === 0) return nothing;
  return html`<section class="notice notice--wrong summary" role="alert" tabindex="-1" aria-labelledby="summary-title">
    <h2 id="summary-title">${spoken.summary}</h2>
    <ul>
      ${problems.map((each) => problemItem(filling, each))}
      ${doubts.map((doubt) => item(doubtId(doubt), doubtWords(filling.description, doubt.edit, filling.language)))}
    </ul>
    <button class="button button--second button--small" type="button" @click=${() => filling.next({ isForced: true })}>
      ${spoken.skipForNow}
    </button>
  </section>`;
}

function problemItem(filling, problem) {
  const { number, text } = labelOf(filling, problem.node);
  return item(idOf(problem.node), html`${number} ${text}: ${messageOf(problem)}`);
}

function item(id, text) {
  return html`<li>
    <a href="#${id}" @click=${(event) => follow(event, id)}>${text}</a>
  </li>`;
}

function follow(event, id) {
  event.preventDefault();
  focusOn(id);
}

/** Bring a question or a doubt into view, with its field ready. */
export function focusOn(id) {
  const place = document.getElementById(id) ?? document.getElementById(`${id}-field`);
  if (!place) return;
  const field = place.matches('fieldset') ? place : place.querySelector('input, textarea') ?? place;
  field.focus({ preventScroll: true });
  place.scrollIntoView({ block: 'start' });
}
