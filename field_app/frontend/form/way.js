// Where one is in a form, and where it goes on and back from there.
import { REVIEW, ROSTER, stepsOf } from './steps.js';

/** @typedef {import('./steps.js').Step} Step */

/** The way through a form: it changes while one walks, as questions and persons come and go. */
export class Way {
  /** The key of the step one is on. @type {string|undefined} */
  place;
  #form;
  #description;
  #steps = null;

  constructor(form, description) {
    this.#form = form;
    this.#description = description;
  }

  /** The form is not what it was. */
  forget() {
    this.#steps = null;
  }

  /** @returns {Step[]} */
  get steps() {
    this.#steps ??= stepsOf(this.#form, this.#description);
    return this.#steps;
  }

  /** The step one is on; the first one where it is gone. @returns {Step} */
  get step() {
    return this.steps.find(({ key }) => key === this.place) ?? this.steps[0];
  }

  /** Where it goes on: after the last page of a person to the list of persons. @returns {Step} */
  after(step) {
    const { steps } = this;
    const next = steps[steps.indexOf(step) + 1];
    const isLastOfPerson = step.line && next?.line !== step.line;
    return (isLastOfPerson && this.#named(ROSTER)) || next || this.#named(REVIEW);
  }

  /** Where one came from: to a person one comes from the list of persons. @returns {Step} */
  before(step) {
    const { steps } = this;
    const previous = steps[steps.indexOf(step) - 1];
    const isOfOtherPerson = previous?.line && previous.line !== step.line;
    return (isOfOtherPerson && this.#named(ROSTER)) || previous || step;
  }

  /** The first step with a question of this name. @returns {Step|undefined} */
  stepAsking(name) {
    return this.steps.find((step) => step.page?.questions.some((path) => path.endsWith(`/${name}`)));
  }

  #named(kind) {
    return this.steps.find((step) => step.kind === kind);
  }
}
