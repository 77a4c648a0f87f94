// What the tablet can say or offer beside a question: ages from births, counts from the list, codes.
import { say } from '../../app/language.js';
import { ageAtReference, commonEra, takenForCommonEra } from '../births.js';
import { nameOf, pathOf, referenceOf, textOf } from '../engine.js';
import { judged } from '../identity_number.js';
import { told } from '../persons.js';
import { PERSONS } from '../steps.js';
import { digitsOf, westernDigits } from '../typed.js';
import { words } from '../words.js';

const CODE_FOR_NOT_KNOWN = /\. = (9{3,4})\b/;
const LINE = /\[(\d+)\]/;

/** @typedef {{text?: string, value?: string, action?: string, tone?: 'plain'|'good'|'wrong'}} Suggestion */

/** What is said beside a question. @returns {Suggestion[]} */
export function suggestions(filling, node) {
  const own = OFFERS[nameOf(node)]?.(filling, node) ?? [];
  return [...own, ...notKnown(filling, node)];
}

const OFFERS = {
  h22: (filling, node) => counted(filling, node, () => true),
  h23: (filling, node) => counted(filling, node, (person) => told(person, 'p04') === '1'),
  h24: (filling, node) => counted(filling, node, (person) => told(person, 'p04') === '2'),
  h25: livingElsewhere,
  p05_year: yearOfBirth,
  p06: ageByBirth,
  p07: identityNumber,
};

/** Once the sex of somebody is known, the list says how many there are. */
function counted(filling, node, isCounted) {
  const persons = filling.form.entries(PERSONS);
  if (!persons.some((person) => told(person, 'p04'))) return [];
  const count = String(persons.filter(isCounted).length);
  return offer(node, say(words).countFromList(count), count);
}

function livingElsewhere(filling, node) {
  const count = String(filling.away.length);
  return filling.away.length ? offer(node, say(words).awayFromRegister(count), count) : [];
}

function yearOfBirth(filling, node) {
  const year = westernDigits(filling.shown(node)).trim();
  if (year.length !== 4) return [];
  const meant = takenForCommonEra(year);
  if (meant) return [{ text: say(words).birth.commonEra(year, meant), value: String(meant), tone: 'wrong' }];
  const month = told(personOf(filling, node), 'p05_month');
  const age = ageAtReference(year, month);
  return age === null ? [] : [{ text: say(words).birth.is(commonEra(year, month), age), tone: 'good' }];
}

function ageByBirth(filling, node) {
  const person = personOf(filling, node);
  const age = ageAtReference(told(person, 'p05_year'), told(person, 'p05_month'));
  return age === null ? [] : offer(node, say(words).ageFromBirth(age), String(age));
}

function identityNumber(filling, node) {
  const digits = digitsOf(filling.shown(node));
  const spoken = say(words).identity;
  const state = judged(digits);
  if (!digits) return [];
  if (state === 'short') return [{ text: spoken.count(digits.length) }];
  if (state === 'long') return [{ text: spoken.long(digits.length), tone: 'wrong' }];
  return [{ text: spoken[state], tone: state === 'right' ? 'good' : 'wrong' }];
}

function notKnown(filling, node) {
  const { constraint } = filling.description.question(pathOf(node));
  const code = constraint?.match(CODE_FOR_NOT_KNOWN)?.[1];
  if (!code || filling.shown(node)) return [];
  return [{ value: code, action: say(words).notKnown(code) }];
}

const offer = (node, text, value) => (textOf(node) === value ? [] : [{ text, value }]);

const personOf = (filling, node) =>
  filling.form.entries(PERSONS)[Number(referenceOf(node).match(LINE)[1]) - 1];
