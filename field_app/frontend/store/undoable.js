// Reports that can still be taken back: on the disk at once, but in a line that is not sent.
import { aliasOf } from './aliases.js';
import { announce } from './changes.js';
import { database, strictly } from './database.js';
import { UNDOABLE, outbox, recordOf } from './outbox.js';
import { countUnsent } from './unsent.js';

/**
 * Let a report go to the office.
 *
 * @param {string} actionId
 * @param {object|null} [location] Where it happened, if that is known only now.
 * @returns {Promise<boolean>} False where it cannot be found undoable any more.
 */
export async function letGo(actionId, location = null) {
  for (;;) {
    const record = await outbox.sealed(actionId);
    if (record?.line !== UNDOABLE) return false;
    const [fresh, line] = await Promise.all([withLocation(record, location), lineFor(record)]);
    const tx = await strictly('outbox');
    const isUnchanged = sealOf(await tx.store.get(actionId)) === sealOf(record);
    if (isUnchanged) {
      for (const each of [fresh, ...(await proofOf(tx, record))]) {
        tx.store.put({ ...each, line: line(each.usual_line) });
      }
    }
    await tx.done;
    // Meanwhile the office may have given the household its id: then it is read again.
    if (!isUnchanged) continue;
    announce('outbox', actionId);
    return true;
  }
}

/** Take a report back, with what was to prove it. False where it has gone already. */
export async function takeBack(actionId) {
  const tx = await strictly('outbox');
  const record = await tx.store.get(actionId);
  const isUndoable = record?.line === UNDOABLE;
  if (isUndoable) {
    for (const { key } of await proofOf(tx, record)) tx.store.delete(key);
    tx.store.delete(actionId);
  }
  await tx.done;
  await countUnsent();
  if (isUndoable) announce('outbox', actionId);
  return isUndoable;
}

/** Let everything go that nobody can take back any more: the app was left while it could be. */
export async function letForgottenGo() {
  const records = await (await database()).getAll('outbox');
  const forgotten = records.filter(({ line, kind }) => line === UNDOABLE && kind === 'action');
  for (const { key } of forgotten) await letGo(key);
}

async function withLocation(record, location) {
  const { iv: _iv, data: _data, key, kind, bytes: _bytes, ...about } = record;
  const { body } = await outbox.open(record);
  return recordOf(kind, key, { ...body, location: body.location ?? location }, about);
}

async function proofOf(tx, { key: owner, household_id: householdId }) {
  if (!householdId) return [];
  const records = await tx.objectStore('outbox').index('household_id').getAll(householdId);
  return records.filter((each) => each.owner === owner);
}

async function lineFor({ household_id: householdId }) {
  const alias = await aliasOf(householdId);
  return (usual) => (alias && !alias.is_answered ? 'held' : usual);
}

const sealOf = (record) => String(record?.iv);
