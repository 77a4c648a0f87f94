// Answers that are unusual and may be right: which there are, where they arise, and the reasons given.
//
// The form lists under which conditions its repeat `override` asks for reasons. The conditions are
// read from there, so that they are the form's own, and asked of one person at a time.
import { answer, childrenOf, nameOf, textOf } from './engine.js';
import { elements } from './xform.js';

const REASONS = '/data/override';
const PERSONS = '/data/person';
const LIST = 'soft_edit';
const ENTRY = /\(name = '([\w-]+)' and /g;
const OF_ANY_PERSON = /^count\(\/data\/person\[(.+)\]\) > 0$/s;
const SHORTEST_REASON = 3;

/**
 * @typedef {object} Doubt
 * @property {string} edit the number of the check: `E-P40`
 * @property {number|null} line the person it is about, by line number; null for the household
 * @property {string} at the path of the question at which it arises
 */

/** The doubts about a form, and the reasons that were given for them. */
export class Doubts {
  #form;
  #edits;

  /**
   * @param {import('./engine.js').Form} form without a reason it has no entry for one
   * @param {ReturnType<typeof editsOf>} edits
   */
  constructor(form, edits) {
    this.#form = form;
    this.#edits = edits;
    this.#entries().reverse().forEach((entry, place, all) => {
      if (!entry.edit) form.removeEntry(REASONS, all.length - 1 - place);
    });
  }

  /** What is doubtful about the household as a whole. @returns {Doubt[]} */
  ofHousehold() {
    return this.#firing(false, this.#form.root, null);
  }

  /** What is doubtful about the person on this line. @returns {Doubt[]} */
  ofPerson(person, line) {
    return this.#firing(true, person, line);
  }

  /** Everything that is doubtful. @returns {Doubt[]} */
  all() {
    const persons = this.#form.entries(PERSONS);
    return [...this.ofHousehold(), ...persons.flatMap((each, place) => this.ofPerson(each, place + 1))];
  }

  /** The reason that was given for a doubt, or an empty text. */
  reasonFor({ edit, line }) {
    return this.#entryOf(edit, line)?.reason ?? '';
  }

  /** Whether a doubt still waits for a reason. */
  isOpen(doubt) {
    return this.reasonFor(doubt).trim().length < SHORTEST_REASON;
  }

  /** Keep the reason for a doubt; an empty one takes it away. */
  giveReason({ edit, line }, reason) {
    const text = reason.trim();
    const entry = this.#entryOf(edit, line);
    if (!text && entry) this.#form.removeEntry(REASONS, entry.index);
    if (!text) return;
    const node = entry?.node ?? this.#form.addEntry(REASONS);
    write(node, { edit, person: line ?? '', reason: text });
  }

  /** Take away the reasons for what is no longer doubtful. */
  forgetSettled() {
    const persons = this.#form.entries(PERSONS);
    const isSettled = ({ edit, line }) => {
      const found = this.#edits.find((each) => each.edit === edit);
      if (!found) return false;
      const from = line === null ? this.#form.root : persons[line - 1];
      return !from || !this.#holds(found, from);
    };
    this.#removeEntries(isSettled);
  }

  /** Keep the reasons with their persons when the person on a line is taken out. */
  personLeaves(line) {
    this.#removeEntries((entry) => entry.line === line);
    for (const entry of this.#entries()) {
      if (entry.line > line) write(entry.node, { person: entry.line - 1 });
    }
  }

  #firing(isAboutPerson, from, line) {
    return this.#edits
      .filter((each) => each.isAboutPerson === isAboutPerson && this.#holds(each, from))
      .map(({ edit, at }) => ({ edit, line, at }));
  }

  #holds({ condition }, from) {
    return this.#form.holds(condition, from);
  }

  #entryOf(edit, line) {
    return this.#entries().find((each) => each.edit === edit && each.line === line);
  }

  #entries() {
    return this.#form.entries(REASONS).map((node, index) => {
      const told = Object.fromEntries(childrenOf(node).map((each) => [nameOf(each), textOf(each)]));
      return { ...told, line: told.person ? Number(told.person) : null, node, index };
    });
  }

  #removeEntries(isGone) {
    const gone = this.#entries().filter(isGone).reverse();
    for (const { index } of gone) this.#form.removeEntry(REASONS, index);
  }
}

/** What a doubt says, without its number. */
export function doubtWords(description, edit, language) {
  const label = description.listed(LIST, language).find(({ value }) => value === edit)?.label ?? edit;
  return label.replace(`${edit} `, '');
}

function write(entry, values) {
  for (const node of childrenOf(entry)) {
    const name = nameOf(node);
    if (name in values) answer(node, String(values[name]));
  }
}

/**
 * The checks of a form that ask for reasons, each with its condition.
 *
 * @param {Document} xform as published
 * @param {string[]} paths those of its questions
 */
export function editsOf(xform, paths) {
  const itemset = elements(xform, 'itemset').find((each) =>
    each.getAttribute('nodeset').startsWith(`instance('${LIST}')`),
  );
  const conditions = itemset?.getAttribute('nodeset') ?? '';
  return [...conditions.matchAll(ENTRY)].map((entry) => {
    const start = entry.index + entry[0].length;
    return editOf(entry[1], conditions.slice(start, endOf(conditions, start)).trim(), paths);
  });
}

function editOf(edit, whole, paths) {
  const ofPerson = whole.match(OF_ANY_PERSON);
  return {
    edit,
    isAboutPerson: Boolean(ofPerson),
    condition: ofPerson?.[1] ?? whole,
    at: lastMentioned(whole, Boolean(ofPerson), paths),
  };
}

/** A doubt arises at the last of the questions it is about. */
function lastMentioned(condition, isAboutPerson, paths) {
  if (!isAboutPerson && condition.includes(PERSONS)) return PERSONS;
  const stem = isAboutPerson ? `${PERSONS}/` : '/data/';
  const isMentioned = (path) =>
    path.startsWith(stem) && new RegExp(`\\b${path.slice(stem.length)}\\b`).test(condition);
  return paths.findLast(isMentioned);
}

/** Where the bracket closes that is open at `start`; brackets in quotes do not count. */
function endOf(text, start) {
  let depth = 1;
  let quote = null;
  for (let place = start; place < text.length; place += 1) {
    const sign = text[place];
    if (quote) quote = sign === quote ? null : quote;
    else if (sign === "'" || sign === '"') quote = sign;
    else if (sign === '(') depth += 1;
    else if (sign === ')' && (depth -= 1) === 0) return place;
  }
  return text.length;
}
