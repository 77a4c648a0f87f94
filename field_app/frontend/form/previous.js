// What the form that was sent says, beside what is answered now that it is corrected.
import { referenceOf, textOf } from './engine.js';
import { parsed } from './xform.js';

const PERSON = /^\/data\/person\[\d+\]\//;

/** The answers of the form that was sent; of none if there is no such form. */
export class Previous {
  #answers = new Map();
  #persons = 0;

  /** @param {string} [xml] */
  constructor(xml) {
    if (!xml) return;
    const { documentElement: root } = parsed(xml);
    for (const child of root.children) this.#read(child);
  }

  /** The answer before, where there is another one now; undefined otherwise. */
  of(node, personsNow) {
    const reference = referenceOf(node);
    // Once a person was taken out, the lines are no longer those of before.
    if (PERSON.test(reference) && personsNow < this.#persons) return undefined;
    const before = this.#answers.get(reference);
    return before === undefined || before === textOf(node) ? undefined : before;
  }

  #read(child) {
    if (child.localName !== 'person') {
      this.#answers.set(`/data/${child.localName}`, child.textContent);
      return;
    }
    this.#persons += 1;
    for (const answer of child.children) {
      this.#answers.set(`/data/person[${this.#persons}]/${answer.localName}`, answer.textContent);
    }
  }
}
