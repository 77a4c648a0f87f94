// What is wrong with an answer, by the rules of the form, judged when somebody looks.
import { isAsked, pathOf, textOf } from './engine.js';

/** The household is given, and one that was just found has an id of the tablet until it is sent. */
const GIVEN = '/data/household_id';

/**
 * The rule an answer breaks: `required`, `constraint`, or null.
 *
 * @param {import('./engine.js').Form} form
 * @param {import('./description.js').Description} description
 */
export function broken(form, description, node) {
  const question = description.question(pathOf(node));
  if (!question || question.path === GIVEN || !isAsked(node)) return null;
  if (textOf(node) === '') return isRequired(form, question, node) ? 'required' : null;
  const isRight = !question.constraint || form.holds(question.constraint, node);
  return isRight ? null : 'constraint';
}

/** Whether a question must be answered. */
export function isRequired(form, question, node) {
  if (!question.required) return false;
  return question.required === 'true()' || form.holds(question.required, node);
}
