// What is wrong with an answer, by the rules of the form, judged when somebody looks.
import { isAsked, pathOf, textOf } from './engine.js';

/** The household is given, and one that was just found has an id of the tablet until it is sent. */
const GIVEN = '/data/household_id';

const ALWAYS = 'true()';
const RELATIVE = '..';

/** The rules of a form, asked of its answers; what was found stays until something changes. */
export class Checks {
  #form;
  #description;
  #broken = new Map();
  #required = new Map();
  #ofHousehold = new Map();

  /**
   * @param {import('./engine.js').Form} form
   * @param {import('./description.js').Description} description
   */
  constructor(form, description) {
    this.#form = form;
    this.#description = description;
  }

  /** An answer changed. */
  forget() {
    for (const found of [this.#broken, this.#required, this.#ofHousehold]) found.clear();
  }

  /** The rule an answer breaks: `required`, `constraint`, or null. */
  broken(node) {
    return remembered(this.#broken, node, () => this.#judge(node));
  }

  /** Whether a question must be answered. */
  isRequired(node) {
    const { required } = this.#description.question(pathOf(node));
    if (!required) return false;
    return remembered(this.#required, node, () => required === ALWAYS || this.#holds(required, node));
  }

  #judge(node) {
    const question = this.#description.question(pathOf(node));
    if (!question || question.path === GIVEN || !isAsked(node)) return null;
    if (textOf(node) === '') return this.isRequired(node) ? 'required' : null;
    const isRight = !question.constraint || this.#form.holds(question.constraint, node);
    return isRight ? null : 'constraint';
  }

  /** What is said of the household alone holds for every person, and is asked once. */
  #holds(condition, node) {
    if (condition.includes(RELATIVE)) return this.#form.holds(condition, node);
    return remembered(this.#ofHousehold, condition, () => this.#form.holds(condition, node));
  }
}

function remembered(memory, key, find) {
  if (!memory.has(key)) memory.set(key, find());
  return memory.get(key);
}
