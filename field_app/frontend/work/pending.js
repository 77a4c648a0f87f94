/**
 * The last note, held back for five seconds so that a slip of the thumb can be undone.
 *
 * It is written at once when the app is left or another note follows: no note is lost to the wait.
 * Nothing says "saved" before it is on the disk.
 */

import { addAction as writeAction } from '../store/outbox.js';

/** How long a note can be undone. */
export const UNDO_MS = 5_000;

/** Dispatches `changed` whenever `lastNote()` says something else. */
export const pendingChanges = new EventTarget();

/**
 * @typedef {object} Note
 * @property {object} action what is reported, as the outbox takes it
 * @property {() => string} what what it is, in the language in use
 * @property {{ now: () => object|null }} [position] where the tablet is, as far as it is known when
 *   the note becomes final
 * @property {() => Promise<void>} [afterwards] what to clear up once it is on the disk
 * @property {'held'|'writing'|'saved'|'undone'|'failed'} state
 * @property {number} finalAt
 */

/** @type {Note|null} */
let last = null;
let timer;
let write = writeAction;

/** The last note and how it stands, or null. */
export const lastNote = () => last;

/** Report something; final after five seconds. @param {Note} note */
export async function hold(note) {
  await finish();
  last = { ...note, action: { at: new Date().toISOString(), ...note.action } };
  last.finalAt = Date.now() + UNDO_MS;
  timer = setTimeout(finish, UNDO_MS);
  become('held');
}

/** Take the last note back, while it is not final. */
export function undo() {
  if (last?.state !== 'held') return;
  clearTimeout(timer);
  become('undone');
}

/** Make the last note final now. */
export async function finish() {
  if (last?.state !== 'held' && last?.state !== 'failed') return;
  const note = last;
  clearTimeout(timer);
  become('writing');
  try {
    await write({ ...note.action, location: note.position?.now() ?? null });
    await note.afterwards?.();
    if (last === note) become('saved');
  } catch {
    last = note;
    become('failed');
  }
}

/** Stop showing the last note. A note that is not on the disk stays. */
export function forget() {
  if (last?.state !== 'saved' && last?.state !== 'undone') return;
  last = null;
  tell();
}

/** For tests: write somewhere else. */
export function writeWith(other) {
  write = other;
}

/** Leaving the app, or locking it, makes the note final. */
export function finishWhenLeaving() {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') finish();
  });
  addEventListener('pagehide', () => finish());
}

function become(state) {
  last.state = state;
  tell();
}

function tell() {
  pendingChanges.dispatchEvent(new Event('changed'));
}
