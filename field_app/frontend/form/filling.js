// One form being filled in: where one is, what was answered, what is wrong, what is saved.
import { AUDIT_FILE, Audit, withLog } from './audit.js';
import { Checks } from './checks.js';
import { Doubts } from './doubts.js';
import { answer, answerWithValue, childrenOf, openForm, pathOf, referenceOf, textOf } from './engine.js';
import { withFirst } from './order.js';
import { isUntouched } from './persons.js';
import { prepared } from './prepared.js';
import { Previous } from './previous.js';
import { Saving } from './saving.js';
import { PERSONS, REVIEW, ROSTER, questionsOf } from './steps.js';
import { digitsOf, wholeNumber } from './typed.js';
import { Way } from './way.js';

const HOUSEHOLD = '/data/household_id';
const MODE = '/data/mode';
const REASON = 'reason ';
const INTERVIEWS = new Set(['face_to_face', 'telephone']);

/** @typedef {import('./steps.js').Step} Step */

/** Dispatches `changed` after anything of it changed. */
export class Filling extends EventTarget {
  /** Persons of the register who were said not to live here, by their id. @type {string[]} */
  away;
  language;
  /** The steps whose answers are shown on the last look. */
  unfolded = new Set();
  #line;
  #touched = new Set();
  #unreadable = new Map();
  #typing = null;
  #isBegun;
  #version = 0;
  #doubtsOn = new Map();
  #xml = { version: -1, text: '' };

  /** Open a form for the app at the other end of the line. */
  static async open(opening, line) {
    const { description, edits, lean } = prepared(opening.xform);
    let filling;
    const form = await openForm({ ...opening, xform: lean }, () => filling?.changed());
    filling = new Filling({ form, description, doubts: new Doubts(form, edits), opening }, line);
    return filling;
  }

  constructor({ form, description, doubts, opening }, line) {
    super();
    Object.assign(this, { form, description, doubts, opening });
    this.checks = new Checks(form, description);
    this.way = new Way(form, description);
    this.#line = line;
    this.#isBegun = opening.how === 'draft';
    this.away = opening.kept?.away ?? [];
    this.previous = new Previous(opening.sent);
    this.audit = new Audit(opening.kept?.paradata);
    this.saving = new Saving(
      () => line.ask('save', this.#snapshot()),
      () => this.#tell(),
    );
    this.audit.note(this.#isBegun ? 'form resume' : 'form start');
    this.instanceId = form.instanceId;
    this.speak(opening.language);
    this.#startFrom(opening);
  }

  /** Something in the form is not what it was. */
  changed() {
    this.#version += 1;
    this.#doubtsOn.clear();
    this.checks.forget();
    this.way.forget();
    if (this.#isBegun) this.saving.soon();
    this.#tell();
  }

  // Where one is

  /** @returns {Step[]} */
  get steps() {
    return this.way.steps;
  }

  /** @returns {Step} */
  get step() {
    return this.way.step;
  }

  /** Go to a step, and to one of its questions. */
  go(key, { question = null } = {}) {
    this.commitTyped();
    this.way.place = key;
    this.warned = null;
    this.leaving = null;
    this.focused = question;
    this.#log();
    if (this.#isBegun) this.saving.soon();
    this.dispatchEvent(new Event('moved'));
    this.#tell();
  }

  /** Go on; a page with faults says so first, and lets go the second time. */
  next({ isForced = false } = {}) {
    this.commitTyped();
    const { step } = this;
    this.touchAll(step);
    if (!isForced && this.problemsOf(step).length + this.openDoubtsOf(step).length > 0) {
      this.warned = step.key;
      this.dispatchEvent(new Event('warned'));
      this.#tell();
      return;
    }
    this.go(this.way.after(step).key);
  }

  back() {
    this.go(this.way.before(this.step).key);
  }

  // Answers

  /** Answer a question with a choice or a text. */
  answer(node, text) {
    this.#begin();
    this.#unreadable.delete(node.nodeId);
    answer(node, text);
    this.#answered(node);
  }

  /** Answer a question with a position or a photo. */
  answerWith(node, value) {
    this.#begin();
    answerWithValue(node, value);
    this.#answered(node);
  }

  /** A key was pressed: saved as it is, and taken as the answer once the field is left. */
  type(key, text) {
    if (this.#typing && this.#typing.key !== key) this.commitTyped();
    this.#begin();
    this.#typing = { key, text };
    this.saving.soon();
    this.#tell();
  }

  /** Answer with what was offered beside the field, instead of what is being typed there. */
  replace(node, text) {
    this.#typing = null;
    this.answer(node, text);
  }

  /** The text in a field: what is being typed, else the answer. */
  shown(node) {
    const reference = referenceOf(node);
    if (this.#typing?.key === reference) return this.#typing.text;
    return this.#unreadable.get(node.nodeId) ?? textOf(node);
  }

  /** The reason in its field. */
  shownReason(doubt) {
    return this.#typing?.key === reasonKey(doubt) ? this.#typing.text : this.doubts.reasonFor(doubt);
  }

  typeReason(doubt, text) {
    this.type(reasonKey(doubt), text);
  }

  /** Take what was typed as the answer. */
  commitTyped() {
    if (!this.#typing) return;
    const { key, text } = this.#typing;
    this.#typing = null;
    if (key.startsWith(REASON)) this.#commitReason(key, text);
    else this.#commitAnswer(this.form.at(key), text);
  }

  /** Keep a photo, then name it as the answer. */
  async keepPhoto(node, file) {
    this.#begin();
    await this.#line.ask('photo', { name: file.name, blob: file });
    const before = textOf(node);
    this.answerWith(node, file);
    if (before) await this.#line.ask('forget photo', { name: before });
  }

  async removePhoto(node) {
    const name = textOf(node);
    this.answerWith(node, null);
    await this.saving.now();
    await this.#line.ask('forget photo', { name });
  }

  /** Persons came or went, or the register was asked about. */
  rosterChanged(event = '') {
    this.#begin();
    if (event) this.audit.note(event, PERSONS);
    this.doubts.forgetSettled();
    this.changed();
  }

  // What is wrong

  /** What is wrong with an answer: `{ node, kind, message }`, or null. */
  problem(node) {
    if (this.#unreadable.has(node.nodeId)) return { node, kind: 'digits', message: null };
    const kind = this.checks.broken(node);
    if (!kind) return null;
    return { node, kind, message: this.description.words(pathOf(node), `${kind}Message`, this.language) };
  }

  /** From now on say what is wrong on a step. */
  touchAll(step) {
    for (const node of questionsOf(step)) this.#touched.add(node.nodeId);
  }

  /** Show or fold away the answers of a step on the last look. */
  unfold(key, isUnfolded) {
    if (this.unfolded.has(key) === isUnfolded) return;
    if (isUnfolded) this.unfolded.add(key);
    else this.unfolded.delete(key);
    this.#tell();
  }

  /** Put the person on a line first: the form is opened anew in that order. */
  async putFirst(line) {
    this.#begin();
    this.commitTyped();
    const { kept, paradata } = this.#snapshot();
    const reordered = {
      ...this.opening,
      how: 'draft',
      xml: withFirst(this.form.xml, line),
      photos: this.#uploads().map((node) => node.currentState.value).filter(Boolean),
      language: this.language,
      question: null,
      page: ROSTER,
      kept: { ...kept, paradata },
    };
    const next = await Filling.open(reordered, this.#line);
    next.changed();
    this.dispatchEvent(new CustomEvent('replaced', { detail: next }));
  }

  /** Ask whether the person on a line is to be taken out; null asks about nobody. */
  askAbout(line) {
    this.leaving = line;
    this.#tell();
  }

  /** The same, once somebody was there. */
  shownProblem(node) {
    return this.#touched.has(node.nodeId) ? this.problem(node) : null;
  }

  problemsOf(step) {
    return questionsOf(step).map((node) => this.problem(node)).filter(Boolean);
  }

  /** What is unusual on a step, with or without a reason. */
  doubtsOf(step) {
    if (!this.#doubtsOn.has(step.key)) this.#doubtsOn.set(step.key, this.#findDoubts(step));
    return this.#doubtsOn.get(step.key);
  }

  /** Those that wait for a reason; only an interview has to give one. */
  openDoubtsOf(step) {
    return this.isInterview ? this.doubtsOf(step).filter((doubt) => this.doubts.isOpen(doubt)) : [];
  }

  /** How much a step still needs before the form can be finished. */
  leftOn(step) {
    return this.problemsOf(step).length + this.openDoubtsOf(step).length;
  }

  get left() {
    return this.steps.reduce((sum, step) => sum + this.leftOn(step), 0);
  }

  get isInterview() {
    return INTERVIEWS.has(textOf(this.form.node(MODE)));
  }

  // The end

  /** Speak another language; one stays where one is. */
  speak(language) {
    if (this.language && this.#isBegun) this.audit.note('language change');
    this.language = language;
    this.form.setLanguage(language);
    this.#tell();
  }

  /** Everything that was done is on the disk once this resolves. */
  async settle() {
    this.commitTyped();
    await this.saving.flush();
  }

  async leave() {
    this.audit.leave();
    this.audit.note('form exit');
    this.commitTyped();
    if (this.#isBegun) await this.saving.now();
    await this.#line.ask('leave');
  }

  /** Hand the finished form to the app. Rejects when it could not be kept; nothing is lost then. */
  async finish() {
    this.commitTyped();
    this.#dropUntouchedPerson();
    await this.saving.now();
    this.audit.leave();
    this.audit.note('form finalize');
    const { xml, endedAt } = withLog(await this.form.finalXml());
    await this.#line.ask('finish', {
      ...this.#snapshot(),
      xml,
      mode: textOf(this.form.node(MODE)),
      ended_at: endedAt,
      persons: this.form.entries(PERSONS).length,
      log: { name: AUDIT_FILE, text: this.audit.csv },
    });
  }

  #startFrom({ household_id: id, kept, question, page }) {
    if (textOf(this.form.node(HOUSEHOLD)) !== id) answer(this.form.node(HOUSEHOLD), id);
    if (kept?.typing) {
      this.#typing = kept.typing;
      this.commitTyped();
    }
    const asked = question && this.way.stepAsking(question);
    this.way.place = asked?.key ?? page;
    this.focused = asked ? question : null;
    this.#log();
  }

  #findDoubts(step) {
    if (step.kind === ROSTER) return this.doubts.ofHousehold().filter(({ at }) => at === PERSONS);
    if (!step.page) return [];
    const found = step.line ? this.doubts.ofPerson(step.within, step.line) : this.doubts.ofHousehold();
    return found.filter(({ at }) => step.page.questions.includes(at));
  }

  #commitAnswer(node, text) {
    if (!node) return;
    const kept = this.#readable(node, text);
    if (kept === textOf(node)) return this.#answered(node);
    this.answer(node, kept ?? '');
    if (kept === null) this.#unreadable.set(node.nodeId, text);
    this.#tell();
  }

  #readable(node, text) {
    if (node.valueType === 'int') return wholeNumber(text);
    const { appearance } = this.description.question(pathOf(node));
    return appearance.includes('numbers') ? digitsOf(text) : text.trim();
  }

  #commitReason(key, text) {
    const [edit, line] = key.slice(REASON.length).split(' ');
    this.doubts.giveReason({ edit, line: line ? Number(line) : null }, text);
    this.changed();
  }

  #begin() {
    this.#isBegun = true;
  }

  #answered(node) {
    this.#touched.add(node.nodeId);
    this.doubts.forgetSettled();
    this.changed();
  }

  #dropUntouchedPerson() {
    const persons = this.form.entries(PERSONS);
    if (persons.length === 1 && isUntouched(persons[0])) this.form.removeEntry(PERSONS, 0);
  }

  #log() {
    const { step } = this;
    const nodes = questionsOf(step).map(referenceOf);
    if (step.kind === REVIEW) this.audit.show('end screen');
    else if (step.kind === ROSTER) this.audit.show('add repeat', [PERSONS]);
    else this.audit.show('group questions', nodes);
  }

  #snapshot() {
    return {
      xml: this.#currentXml(),
      instance_id: this.instanceId,
      page: this.steps.indexOf(this.step),
      paradata: this.audit.rows,
      photos: this.#photos(),
      kept: { place: this.step.key, typing: this.#typing, away: this.away },
    };
  }

  #currentXml() {
    if (this.#xml.version !== this.#version) {
      this.#xml = { version: this.#version, text: this.form.xml };
    }
    return this.#xml.text;
  }

  #photos() {
    return this.#uploads().map((node) => ({ name: textOf(node) })).filter(({ name }) => name);
  }

  #uploads() {
    return childrenOf(this.form.root).filter((node) => node.nodeType === 'upload');
  }

  #tell() {
    this.dispatchEvent(new Event('changed'));
  }
}

const reasonKey = ({ edit, line }) => `${REASON}${edit} ${line ?? ''}`;
