// Carries the household id that the office gave to a found dwelling into everything made for it.
import { aliases } from '../store/aliases.js';
import { announce } from '../store/changes.js';
import { database, strictly } from '../store/database.js';
import { drafts, underId } from '../store/drafts.js';
import { households } from '../store/households.js';
import { outbox, recordOf } from '../store/outbox.js';
import { keyOf, photos } from '../store/photos.js';

const STORES = ['aliases', 'households', 'drafts', 'photos', 'outbox', 'sent'];

/** Note in a transaction what the office answered to the report of a found dwelling. */
export async function noteAnswer(tx, actionId, householdId) {
  const store = tx.objectStore('aliases');
  const alias = (await store.getAll()).find((each) => each.action_id === actionId);
  if (alias) store.put({ ...alias, answer: { household_id: householdId } });
}

/**
 * Carry every answer of the office into what waited for it, which then may go.
 *
 * Where the office gave no id, what was collected goes all the same, for it to find the place.
 */
export async function takeUpGivenIds() {
  for (const alias of await aliases()) {
    if (!alias.answer || alias.is_answered) continue;
    const answered = { ...alias, ...alias.answer, is_answered: true };
    while (!(await carried(answered)));
    for (const store of STORES) announce(store, null);
  }
}

/** False where something was written meanwhile: then all is read again. */
async function carried(alias) {
  const { key: local, household_id: given } = alias;
  const before = await recordsOf(local);
  const after = given ? await renamed(before, local, given) : released(before);
  const tx = await strictly(STORES);
  const now = await recordsIn(tx, local);
  const isUnchanged = sameSeals(before, now);
  if (isUnchanged) {
    tx.objectStore('aliases').put(alias);
    for (const [store, records] of Object.entries(before)) {
      for (const { key } of records) tx.objectStore(store).delete(key);
      for (const record of after[store]) await putNew(tx.objectStore(store), record);
    }
  }
  await tx.done;
  return isUnchanged;
}

/** What the office itself sent of the household meanwhile is newer than what was made here. */
async function putNew(store, record) {
  const isKnown = store.name === 'households' && (await store.getKey(record.key));
  if (!isKnown) await store.put(record);
}

async function recordsOf(local) {
  return recordsIn((await database()).transaction(STORES), local);
}

async function recordsIn(tx, local) {
  const one = async (store) => [await tx.objectStore(store).get(local)].filter(Boolean);
  const all = (store) => tx.objectStore(store).index('household_id').getAll(local);
  const [household, draft, photo, waiting, sent] = await Promise.all([
    one('households'),
    one('drafts'),
    all('photos'),
    all('outbox'),
    all('sent'),
  ]);
  return { households: household, drafts: draft, photos: photo, outbox: waiting, sent };
}

function sameSeals(before, now) {
  return Object.keys(before).every((store) => seals(before[store]) === seals(now[store]));
}

const seals = (records) => records.map(({ key, iv }) => `${key} ${iv}`).join('\n');

async function renamed(before, local, given) {
  const each = (store, rename) => Promise.all(before[store].map(rename));
  return {
    households: await each('households', async (record) =>
      households.record(given, { ...(await households.open(record)), id: given }, readable(record)),
    ),
    drafts: await each('drafts', async (record) =>
      drafts.record(given, underId(await drafts.open(record), given), readable(record)),
    ),
    photos: await each('photos', async (record) =>
      photos.recordOfBytes(
        keyOf(given, record.key.slice(local.length + 1)),
        await photos.openBytes(record),
        { ...readable(record), household_id: given },
      ),
    ),
    outbox: await each('outbox', async (record) => {
      const { kind, body } = await outbox.open(record);
      const about = { ...readable(record), household_id: given, line: lineOf(record) };
      return recordOf(kind, record.key, bodyUnder(body, local, given), about);
    }),
    sent: before.sent.map((entry) => ({ ...entry, household_id: given })),
  };
}

function released(before) {
  return { ...before, outbox: before.outbox.map((each) => ({ ...each, line: lineOf(each) })) };
}

const lineOf = ({ line, usual_line: usual }) => (line === 'held' ? usual : line);

function bodyUnder(body, local, given) {
  const renamedBody = { ...body };
  if (body.household_id === local) renamedBody.household_id = given;
  if (body.instance) renamedBody.instance = body.instance.replaceAll(local, given);
  return renamedBody;
}

function readable({ key: _key, iv: _iv, data: _data, ...rest }) {
  return rest;
}
