// A dwelling found in the field goes by an id of the tablet's own until the office gives it one.
import { database, strictly } from './database.js';

const STORE = 'aliases';
// Ids from the frame end at 8999 and are given from 0001 upwards; the office gives 9000 and more.
const LAST_OF_THE_FRAME = 8999;

/**
 * What is known of an id of the tablet's own.
 *
 * @typedef {object} Alias
 * @property {string} key The tablet's own id.
 * @property {string} ea_code
 * @property {string} action_id The report of the dwelling.
 * @property {{household_id: string|null}} [answer] What the office answered to the report.
 * @property {boolean} is_answered Whether the answer is carried into all that was made here.
 * @property {string|null} household_id The office's id, once it is carried into all of it.
 */

/** What is known of an id, or undefined where it is not one of the tablet's own. */
export async function aliasOf(id) {
  return id ? (await database()).get(STORE, id) : undefined;
}

/** Every id of the tablet's own. @returns {Promise<Alias[]>} */
export async function aliases() {
  return (await database()).getAll(STORE);
}

/** The household id to use: the office's where it has given one. */
export async function currentId(id) {
  return (await aliasOf(id))?.household_id ?? id;
}

/** An id of the tablet's own for a dwelling in this area: of the form of a household id, and free. */
export async function freeId(eaCode) {
  const db = await database();
  const taken = new Set([
    ...(await db.getAllKeysFromIndex('households', 'ea_code', eaCode)),
    ...(await db.getAllKeys(STORE)),
  ]);
  for (let number = LAST_OF_THE_FRAME; number > 0; number -= 1) {
    const id = `${eaCode}-${String(number).padStart(4, '0')}`;
    if (!taken.has(id)) return id;
  }
  throw new RangeError('no household id is free in the area');
}

/**
 * Write something of a household under its id of now.
 *
 * Sealing takes a moment, in which the office may give the id: then it is sealed and written anew.
 *
 * @param {string} id
 * @param {string[]} stores What the transaction writes to.
 * @param {(id: string) => Promise<(tx: IDBTransaction) => void|Promise<void>>} prepare Seals, and
 *   gives back what writes.
 */
export async function writeUnderCurrentId(id, stores, prepare) {
  for (;;) {
    const current = await currentId(id);
    const write = await prepare(current);
    const tx = await strictly([...stores, STORE]);
    const isOvertaken = Boolean((await tx.objectStore(STORE).get(current ?? ''))?.household_id);
    if (!isOvertaken) await write(tx);
    await tx.done;
    if (!isOvertaken) return current;
  }
}
