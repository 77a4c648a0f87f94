// Interviews that are begun: everything typed so far, saved at every change.
import { currentId, writeUnderCurrentId } from './aliases.js';
import { announce } from './changes.js';
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
  const id = await writeUnderCurrentId(householdId, ['drafts', 'photos'], async (current) => {
    const photos = await photoKeysOf(current);
    return (tx) => {
      tx.objectStore('drafts').delete(current);
      for (const key of photos) tx.objectStore('photos').delete(key);
    };
  });
  await countUnsent();
  announce('drafts', id);
}

/** A draft under another household id, which stands in its answers too. */
export function underId(draft, id) {
  if (draft.household_id === id) return draft;
  return { ...draft, household_id: id, xml: draft.xml.replaceAll(draft.household_id, id) };
}

async function write(_householdId, given) {
  let isNew = false;
  const id = await writeUnderCurrentId(
    given.household_id,
    ['drafts', 'outbox', 'sent'],
    async (current) => {
      const { ea_code, saved_at } = given;
      const record = await drafts.record(current, underId(given, current), { ea_code, saved_at });
      return async (tx) => {
        // A save that comes after the form was finished must not bring the draft back.
        if (await isFinished(tx, given.instance_id)) return;
        isNew = !(await tx.objectStore('drafts').getKey(current));
        tx.objectStore('drafts').put(record);
      };
    },
  );
  if (isNew) await countUnsent();
  announce('drafts', id);
}

async function isFinished(tx, instanceId) {
  const [waiting, sent] = await Promise.all(
    ['outbox', 'sent'].map((name) => tx.objectStore(name).getKey(instanceId)),
  );
  return Boolean(waiting ?? sent);
}
