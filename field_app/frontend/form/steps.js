// The way through a form: its pages, the list of persons, the pages of each person, the last look.
import { childrenOf, isAsked, pathOf } from './engine.js';

export const PERSONS = '/data/person';
export const ROSTER = 'roster';
export const REVIEW = 'review';

/** The household is given; whom the register knows is asked on the list of persons. */
const NOT_ON_PAGES = new Set(['/data/household_id', '/data/person/register_person']);

/**
 * @typedef {object} Step
 * @property {'page'|'roster'|'review'} kind
 * @property {string} key stays the same when the form is opened again: `h01`, `2/p05_month`
 * @property {import('./description.js').Page} [page]
 * @property {object} [within] the node that holds the page's questions
 * @property {number} [line] the person it is about, by line number
 */

/** All steps that hold a question now, in their order. @returns {Step[]} */
export function stepsOf(form, description) {
  const pagesOfHousehold = description.pages.filter((page) => !page.repeat);
  const pagesOfPerson = description.pages.filter((page) => page.repeat === PERSONS);
  const persons = form.entries(PERSONS);
  const isListed = form.node(PERSONS)?.currentState.relevant;
  return [
    ...pagesOfHousehold.map((page) => pageStep(page, form.root)),
    ...(isListed ? [{ kind: ROSTER, key: ROSTER }] : []),
    ...persons.flatMap((person, place) =>
      pagesOfPerson.map((page) => pageStep(page, person, place + 1)),
    ),
    { kind: REVIEW, key: REVIEW },
  ].filter((step) => step.kind !== 'page' || questionsOf(step).length > 0);
}

/** The questions of a step that are asked now. */
export function questionsOf({ page, within }) {
  if (!page) return [];
  const nodes = nodesOf(within);
  return page.questions.map((path) => nodes.get(path)).filter((node) => node && isAsked(node) && isShown(node));
}

const isShown = (node) => !NOT_ON_PAGES.has(pathOf(node));

function pageStep(page, within, line) {
  return { kind: 'page', key: line ? `${line}/${page.name}` : page.name, page, within, line };
}

const known = new WeakMap();

/** The children of a node by their path; only entries of repeats come and go. */
function nodesOf(within) {
  if (!known.has(within)) {
    known.set(within, new Map(childrenOf(within).map((node) => [pathOf(node), node])));
  }
  return known.get(within);
}

/** A child of a node by its name: `childNamed(person, 'p06')`. */
export function childNamed(within, name) {
  return nodesOf(within).get(`${pathOf(within)}/${name}`);
}
