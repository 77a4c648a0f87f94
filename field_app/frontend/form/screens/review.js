// The last look before a form is finished: every answer, and what is missing, wrong or unusual.
import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { doubtWords } from '../doubts.js';
import { nameOf, pathOf, textOf } from '../engine.js';
import { inWords, labelOf } from '../questions/question.js';
import { PERSONS, ROSTER, questionsOf } from '../steps.js';
import { words } from '../words.js';
import { personLine, titleOf } from './page.js';
import { unasked } from './register.js';

const CHOICES = new Set(['select1', 'select']);

/** Everything, page by page and person by person. */
export function review(filling) {
  const spoken = say(words).review;
  const { left } = filling;
  const notAsked = unasked(filling);
  return html`<h1 tabindex="-1">${spoken.title}</h1>
    <p class=${left ? 'notice notice--attention' : 'notice notice--good'} aria-live="polite">
      ${left ? spoken.notReady(left) : spoken.ready}
    </p>
    ${notAsked ? html`<p class="notice">${link(filling, ROSTER, null, say(words).register.unasked(notAsked))}</p>` : nothing}
    <h2>${spoken.household}</h2>
    ${filling.steps.filter(({ kind, line }) => kind !== 'review' && !line).map((step) => section(filling, step))}
    ${filling.form.entries(PERSONS).map((person, place) => ofPerson(filling, person, place + 1))}`;
}

function ofPerson(filling, person, line) {
  const { name, facts } = personLine(filling, person);
  return html`<h2>${name || say(words).roster.line(line)} <span class="person__facts">${facts}</span></h2>
    ${filling.steps.filter((step) => step.line === line).map((step) => section(filling, step))}`;
}

function section(filling, step) {
  const problems = filling.problemsOf(step);
  const doubts = filling.doubtsOf(step);
  const left = filling.leftOn(step);
  const title = step.kind === ROSTER ? say(words).roster.title : titleOf(filling, step);
  if (step.kind === ROSTER && doubts.length === 0) return nothing;
  const isUnfolded = left > 0 || filling.unfolded.has(step.key);
  return html`<details class="review" ?open=${isUnfolded} @toggle=${({ target }) => filling.unfold(step.key, target.open)}>
    <summary>
      <span class="review__title">${title}</span> ${mark(left)}
    </summary>
    ${doubts.map((doubt) => doubtLine(filling, step, doubt))}
    ${isUnfolded ? answers(filling, step, problems) : nothing}
  </details>`;
}

function answers(filling, step, problems) {
  return html`<dl class="review__answers">
    ${questionsOf(step).map((node) => answerLine(filling, step, node, problems))}
  </dl>`;
}

function mark(left) {
  const spoken = say(words).review;
  return left
    ? html`<span class="tag tag--attention">${spoken.left(left)}</span>`
    : html`<span class="tag tag--good">${spoken.complete}</span>`;
}

function doubtLine(filling, step, doubt) {
  const spoken = say(words).review;
  const isOpen = filling.isInterview && filling.doubts.isOpen(doubt);
  const said = doubtWords(filling.description, doubt.edit, filling.language);
  return html`<p class="review__doubt">
    <span class=${isOpen ? 'tag tag--attention' : 'tag'}>${isOpen ? spoken.doubtful : spoken.explained}</span>
    ${link(filling, step.key, doubt, said)} ${filling.doubts.reasonFor(doubt)}
  </p>`;
}

function answerLine(filling, step, node, problems) {
  if (node.nodeType === 'note') return nothing;
  const spoken = say(words).review;
  const problem = problems.find((each) => each.node === node);
  const { number, text } = labelOf(filling, node);
  const said = answerOf(filling, node);
  return html`<div>
    <dt>${link(filling, step.key, nameOf(node), html`${number} ${text}`)}</dt>
    <dd>
      ${said || (problem ? nothing : html`<span class="review__blank">${spoken.blank}</span>`)}
      ${problem ? html`<span class="tag tag--wrong">${said ? spoken.wrong : spoken.missing}</span>` : nothing}
    </dd>
  </div>`;
}

function answerOf(filling, node) {
  const { control } = filling.description.question(pathOf(node));
  const text = textOf(node);
  return CHOICES.has(control) ? inWords(filling, node, text) : text;
}

function link(filling, key, question, text) {
  return html`<button class="link-button" type="button" @click=${() => filling.go(key, { question })}>${text}</button>`;
}
