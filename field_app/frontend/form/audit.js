// The log of an interview, `audit.csv`: which screen was shown from when to when.
//
// Written as ODK Collect writes it, without answers. The device's clock is read once; after that
// only time that has passed is added, which nobody can set.
import { parsed } from './xform.js';

export const AUDIT_FILE = 'audit.csv';

const COLUMNS = ['event', 'node', 'start', 'end'];
const SCREEN_OF_QUESTIONS = 'group questions';
const QUESTION = 'question';

/** @typedef {{event: string, node: string, start: number, end: number|''}} Row */

/** The log of one interview, over all the times it was opened. */
export class Audit {
  #rows;
  #screen = null;
  #now;

  /**
   * @param {Row[]} rows what was logged before
   * @param {() => number} [now] milliseconds since 1970
   */
  constructor(rows = [], now = steadyClock()) {
    this.#rows = [...rows];
    this.#now = now;
  }

  /** Something happened at a moment. */
  note(event, node = '') {
    this.#rows.push({ event, node, start: this.#now(), end: '' });
  }

  /** A screen is shown from now on, instead of the one before: its event, and its questions. */
  show(event, nodes = []) {
    this.leave();
    this.#screen = { event, nodes, start: this.#now() };
  }

  /** No screen is shown any more. */
  leave() {
    this.#rows.push(...this.#rowsOfScreen());
    this.#screen = null;
  }

  /** Everything logged, and the present screen as far as it was looked at. @returns {Row[]} */
  get rows() {
    return [...this.#rows, ...this.#rowsOfScreen()];
  }

  /** The file that is sent. */
  get csv() {
    const lines = this.rows.map((row) => COLUMNS.map((column) => row[column]).join(','));
    return [COLUMNS.join(','), ...lines, ''].join('\n');
  }

  #rowsOfScreen() {
    if (!this.#screen) return [];
    const { event, nodes, start } = this.#screen;
    const row = (name, node) => ({ event: name, node, start, end: this.#now() });
    const whole = row(event, nodes[0] ?? '');
    return event === SCREEN_OF_QUESTIONS ? [whole, ...nodes.map((node) => row(QUESTION, node))] : [whole];
  }
}

/** An instance that names its log, where the form has a place for it; and when it ended. */
export function withLog(xml) {
  const instance = parsed(xml);
  const named = (name) => instance.getElementsByTagNameNS('*', name)[0];
  const log = named('audit');
  if (log) log.textContent = AUDIT_FILE;
  return { xml: new XMLSerializer().serializeToString(instance), endedAt: named('end').textContent };
}

function steadyClock() {
  const begun = Date.now() - performance.now();
  return () => Math.round(begun + performance.now());
}
