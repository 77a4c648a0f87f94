/**
 * The last note, which can be taken back for five seconds: a thumb slips.
 *
 * It is on the disk at once, so that nothing is lost whatever happens to the tablet; it only is not
 * sent before the five seconds are over, or the app is left.
 */

import { beforeLock, vaultChanges } from '../vault/vault.js';
import { addAction } from '../store/outbox.js';
import * as undoable from '../store/undoable.js';

/** How long a note can be taken back. */
export const UNDO_MS = 5_000;

/** Dispatches `changed` whenever `lastNote()` says something else. */
export const pendingChanges = new EventTarget();

/**
 * @typedef {object} Note
 * @property {object} action what is reported, as the outbox takes it
 * @property {() => string} what what it is, in the language in use
 * @property {{ now: () => object|null }} [position] where the tablet is, as far as it is known when
 *   the note becomes final
 * @property {() => Promise<void>} [afterwards] what to clear up once it is final
 * @property {'writing'|'held'|'saved'|'undone'|'failed'} state
 * @property {string} [actionId]
 * @property {number} [finalAt]
 */

/** @type {Note|null} */
let last = null;
let timer;
let outbox = { add: addAction, ...undoable };

/** The last note and how it stands, or null. */
export const lastNote = () => last;

/** Report something. It is on the disk once this resolves, and final after five seconds. */
export async function hold(note) {
  await finish();
  const action = { at: new Date().toISOString(), ...note.action };
  await write({ ...note, action });
}

/** Write the last note again, where it could not be written. */
export async function tryAgain() {
  if (last?.state === 'failed') await write(last);
}

/** Take the last note back, while it is not final. */
export async function undo() {
  if (last?.state !== 'held') return;
  clearTimeout(timer);
  const note = last;
  become(note, (await outbox.takeBack(note.actionId)) ? 'undone' : 'saved');
}

/** Make the last note final now. */
export async function finish() {
  if (last?.state !== 'held') return;
  clearTimeout(timer);
  const note = last;
  become(note, 'saved');
  await outbox.letGo(note.actionId, note.position?.now() ?? null);
  await note.afterwards?.();
}

/** Stop showing the last note. A note that is not on the disk stays. */
export function forget() {
  if (last?.state !== 'saved' && last?.state !== 'undone') return;
  last = null;
  tell();
}

/** Leaving the app, or locking it, makes a note final; what was killed before is let go after the next unlocking. */
export function finishWhenLeaving() {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') finish();
  });
  beforeLock(finish);
  vaultChanges.addEventListener('unlocked', () => {
    if (last?.state !== 'held') outbox.letForgottenGo();
  });
}

/** For tests: another outbox. */
export function writeTo(other) {
  outbox = other;
}

async function write(note) {
  last = note;
  become(note, 'writing');
  try {
    note.actionId = await outbox.add({ ...note.action, isUndoable: true });
  } catch {
    become(note, 'failed');
    return;
  }
  note.finalAt = Date.now() + UNDO_MS;
  timer = setTimeout(finish, UNDO_MS);
  become(note, 'held');
}

function become(note, state) {
  note.state = state;
  if (last === note) tell();
}

function tell() {
  pendingChanges.dispatchEvent(new Event('changed'));
}
