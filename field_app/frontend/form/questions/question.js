// One question as it is shown: its words, its field, what is wrong or unusual about the answer.
import { html, nothing } from 'lit';

import { say } from '../../app/language.js';
import { nameOf, pathOf } from '../engine.js';
import { PERSONS } from '../steps.js';
import { words } from '../words.js';
import { choices } from './choices.js';
import { doubtBox } from './doubt.js';
import { identityField, numberField, textField } from './fields.js';
import { isLong, longList } from './long_list.js';
import { note } from './note.js';
import './photo.js';
import './position.js';
import { suggestions } from './suggestions.js';

const NUMBERED = /^([A-Z]\d\d)\s+(.+)$/s;
const IDENTITY_NUMBER = 'p07';

/**
 * @typedef {object} Asked what a field needs to know of its question
 * @property {string} id
 * @property {object} node
 * @property {import('../filling.js').Filling} filling
 * @property {import('../description.js').Question} question
 * @property {boolean} isRequired
 * @property {boolean} isWrong
 * @property {string|typeof nothing} describedBy
 */

/** A question of the step one is on. */
export function question(filling, node) {
  if (node.nodeType === 'note') return note(node);
  const asked = askedOf(filling, node);
  const drawn = fieldOf(asked);
  return drawn.isGroup ? asGroup(asked, drawn.field) : asField(asked, drawn.field);
}

/** The id of a question's place on the page, to which links lead: a page asks nothing twice. */
export const idOf = (node) => `q-${nameOf(node)}`;

/** The label of a question without its number. */
export function labelOf(filling, node) {
  const label = filling.description.words(pathOf(node), 'label', filling.language);
  const [, number = '', text = label] = label.match(NUMBERED) ?? [];
  return { number, text };
}

function askedOf(filling, node) {
  const id = idOf(node);
  const problem = filling.shownProblem(node);
  const hint = filling.description.words(pathOf(node), 'hint', filling.language);
  const describedBy = [problem && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ');
  return {
    id,
    node,
    filling,
    problem,
    hint,
    question: filling.description.question(pathOf(node)),
    isRequired: filling.checks.isRequired(node),
    isWrong: Boolean(problem),
    describedBy: describedBy || nothing,
  };
}

function fieldOf(asked) {
  const { node, filling, question: { control, name } } = asked;
  if (control === 'upload') {
    return { isGroup: true, field: html`<field-photo .filling=${filling} .node=${node}></field-photo>` };
  }
  if (node.valueType === 'geopoint') {
    return { isGroup: true, field: html`<field-position .filling=${filling} .node=${node}></field-position>` };
  }
  if (control !== 'input') {
    const offered = filling.description.choices(pathOf(node), filling.language, filling.form, node);
    return { isGroup: true, field: isLong(offered) ? longList(asked, offered) : choices(asked, offered) };
  }
  if (node.valueType === 'int') return { field: numberField(asked) };
  return { field: name === IDENTITY_NUMBER ? identityField(asked) : textField(asked) };
}

function asGroup(asked, field) {
  const { id, describedBy } = asked;
  return html`<fieldset class=${classOf(asked)} id=${id} tabindex="-1" aria-describedby=${describedBy}>
    <legend class="question__label">${label(asked)}</legend>
    ${around(asked)} ${field} ${below(asked)}
  </fieldset>`;
}

function asField(asked, field) {
  const { id } = asked;
  return html`<div class=${classOf(asked)} id=${id}>
    <label class="question__label" for="${id}-field">${label(asked)}</label>
    ${around(asked)} ${field} ${below(asked)}
  </div>`;
}

const classOf = ({ isWrong }) => (isWrong ? 'question question--wrong' : 'question');

function label({ filling, node, isRequired }) {
  const { number, text } = labelOf(filling, node);
  return html`${number ? html`<span class="question__number">${number}</span> ` : nothing}${text}
  ${isRequired ? nothing : html`<span class="question__optional">(${say(words).optional})</span>`}`;
}

function around(asked) {
  const { id, hint, problem, filling, node } = asked;
  return html`${returnedMark(asked)}
    ${hint ? html`<p class="question__hint" id="${id}-hint">${hint}</p>` : nothing}
    ${problem
      ? html`<p class="question__error" id="${id}-error">${messageOf(problem)}</p>`
      : nothing}
    ${answerBefore(filling, node)}`;
}

function below({ filling, node }) {
  const offered = suggestions(filling, node);
  const doubts = filling.doubtsOf(filling.step).filter(({ at }) => at === pathOf(node));
  return html`<div class="suggestions" aria-live="polite">${offered.map((each) => suggestion(filling, node, each))}</div>
    ${doubts.map((doubt) => doubtBox(filling, doubt))}`;
}

function suggestion(filling, node, { text, value, tone = 'plain', action }) {
  return html`<p class="suggestion suggestion--${tone}">
    ${text ? html`<span>${text}</span>` : nothing}
    ${value === undefined
      ? nothing
      : html`<button class="button button--second button--small" type="button"
          @click=${() => filling.replace(node, value)}>${action ?? say(words).use(value)}</button>`}
  </p>`;
}

function returnedMark({ filling, node }) {
  if (!filling.opening.questions?.includes(nameOf(node))) return nothing;
  return html`<p class="question__returned">${say(words).returnedHere}</p>`;
}

function answerBefore(filling, node) {
  const before = filling.previous.of(node, filling.form.entries(PERSONS).length);
  if (before === undefined) return nothing;
  return html`<p class="question__before">${say(words).before(inWords(filling, node, before))}</p>`;
}

/** An answer in the words of its choices. */
export function inWords(filling, node, text) {
  const { list, control } = filling.description.question(pathOf(node)) ?? {};
  if (!list || control === 'input') return text;
  const offered = filling.description.listed(list, filling.language);
  const labelFor = (value) => offered.find((each) => each.value === value)?.label ?? value;
  return text.split(' ').filter(Boolean).map(labelFor).join(' · ');
}

/** What a problem says. */
export const messageOf = ({ kind, message }) => (kind === 'digits' ? say(words).digitsOnly : message);
