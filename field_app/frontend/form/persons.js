// The persons of the form: who is listed, who comes, who goes, and whom the register knows.
import { answer, childrenOf, isAsked, textOf } from './engine.js';
import { PERSONS, childNamed } from './steps.js';

const NAME_PARTS = ['p02_first', 'p02_last'];
const REGISTERED_AS = 'register_person';

/** The answer of a person, as text. */
export const told = (person, name) => textOf(childNamed(person, name));

/** The person's name; an empty text while there is none. */
export const nameOfPerson = (person) =>
  NAME_PARTS.map((part) => told(person, part))
    .filter(Boolean)
    .join(' ');

/** What a person answered, in words: the label of a choice. */
export function toldInWords(filling, person, name) {
  const value = told(person, name);
  return wordsOf(filling, name, value);
}

/** The label of a choice that is offered for a question of persons. */
export function wordsOf(filling, name, value) {
  const { list } = filling.description.question(`${PERSONS}/${name}`);
  return filling.description.listed(list, filling.language).find((each) => each.value === value)?.label ?? '';
}

/** Whether nothing was said about a person yet. */
export const isUntouched = (person) =>
  childrenOf(person).every((node) => node.nodeType === 'model-value' || !isAsked(node) || textOf(node) === '');

/** Put one more person on the list; an empty line is used first. @returns {number} the line */
export function addPerson(filling) {
  const { form } = filling;
  const persons = form.entries(PERSONS);
  const empty = persons.findIndex(isUntouched);
  if (empty < 0) form.addEntry(PERSONS);
  filling.rosterChanged('add repeat');
  return empty < 0 ? persons.length + 1 : empty + 1;
}

/** Take a person out of the list, with everything said about them. */
export function removePerson(filling, line) {
  filling.doubts.personLeaves(line);
  filling.form.removeEntry(PERSONS, line - 1);
  filling.rosterChanged('delete repeat');
}

/** Somebody of the register lives here: what it says becomes their answers, which can be changed. */
export function addRegistered(filling, registered) {
  setAway(filling, registered.id, false);
  const line = addPerson(filling);
  const person = filling.form.entries(PERSONS)[line - 1];
  answer(childNamed(person, REGISTERED_AS), registered.id);
  filling.rosterChanged();
  return line;
}

/** Somebody of the register does not live here, or is to be asked about again. */
export function setAway(filling, id, isAway) {
  filling.away = filling.away.filter((each) => each !== id);
  if (isAway) filling.away.push(id);
  filling.rosterChanged();
}

/** Whom the register lists, each with the line they are on, and whether they live elsewhere. */
export function registeredPersons(filling) {
  const lines = filling.form.entries(PERSONS).map((person) => told(person, REGISTERED_AS));
  return (filling.opening.registered ?? []).map((registered) => ({
    ...registered,
    line: lines.indexOf(registered.id) + 1,
    isAway: filling.away.includes(registered.id),
  }));
}
