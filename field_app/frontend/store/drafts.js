// Interviews that are begun: everything typed so far, saved at every change.
import { currentId, isLocalId, withId } from './aliases.js';
import { announce } from './changes.js';
import { strictly } from './database.js';
import { latest } from './latest.js';
import { photoKeysOf } from './photos.js';
import { SealedStore } from './sealed.js';
import { countUnsent } from './unsent.js';

/**
 * @typedef {object} Draft
 * @property {string} household_id
 * @property {string} ea_code
 * @property {string} xml
 * @property {string} instance_id
 * @property {'enumerate'|'correct'} kind
 * @property {string} started_at
 * @property {string} saved_at
 * @property {number} page
 * @property {string} questionnaire
 * @property {string} version
 * @property {object[]} paradata
 * @property {{name: string}[]} photos
 */

export const drafts = new SealedStore('drafts');

/** The draft of a household, or undefined. @returns {Promise<Draft|undefined>} */
export async function get(householdId) {
  return drafts.get(await currentId(householdId));
}

/** Every draft. @returns {Promise<Draft[]>} */
export const all = () => drafts.all();

const putInTurn = latest(write);

/**
 * Save a draft; on the disk once this resolves. Of several saves at once the last one stays.
 *
 * @param {Draft} draft
 */
export function put(draft) {
  return putInTurn(draft.household_id, draft);
}

/** Throw a draft away, with its photos. */
export async function remove(householdId) {
  const id = await currentId(householdId);
  const photos = await photoKeysOf(id);
  const tx = await strictly(['drafts', 'photos']);
  tx.objectStore('drafts').delete(id);
  for (const key of photos) tx.objectStore('photos').delete(key);
  await tx.done;
  await countUnsent();
  announce('drafts', id);
}

async function write(_key, given) {
  const draft = await withCurrentId(given);
  const record = await drafts.record(draft.household_id, draft, {
    ea_code: draft.ea_code,
    saved_at: draft.saved_at,
  });
  const tx = await strictly(['drafts', 'outbox', 'sent']);
  // A save that comes after the form was finished must not bring the draft back.
  const id = draft.instance_id;
  const isFinished = (await tx.objectStore('outbox').getKey(id)) ?? (await tx.objectStore('sent').getKey(id));
  const isNew = !(await tx.objectStore('drafts').getKey(record.key));
  if (!isFinished) tx.objectStore('drafts').put(record);
  await tx.done;
  if (isNew) await countUnsent();
  announce('drafts', record.key);
}

/** The draft under the household id of now: the office may have given it one meanwhile. */
export async function withCurrentId(draft) {
  const id = await currentId(draft.household_id);
  if (id === draft.household_id || !isLocalId(draft.household_id)) return draft;
  return { ...draft, household_id: id, xml: withId(draft.xml, draft.household_id, id) };
}
