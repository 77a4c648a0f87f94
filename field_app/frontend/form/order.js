// The order of persons: the head of the household comes first, whoever was listed first.
import { parsed } from './xform.js';

const PERSON = 'person';
const REASON = 'override';

/** An instance in which the person on a line is the first one; reasons stay with their persons. */
export function withFirst(xml, line) {
  const instance = parsed(xml);
  const children = [...instance.documentElement.children];
  const persons = children.filter(({ localName }) => localName === PERSON);
  persons[0].before(persons[line - 1]);
  for (const reason of children.filter(({ localName }) => localName === REASON)) moveReason(reason, line);
  return new XMLSerializer().serializeToString(instance);
}

function moveReason(reason, line) {
  const person = [...reason.children].find(({ localName }) => localName === PERSON);
  const about = Number(person?.textContent);
  if (about === line) person.textContent = '1';
  else if (about && about < line) person.textContent = String(about + 1);
}
