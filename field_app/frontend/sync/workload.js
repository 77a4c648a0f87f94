// Keeps a workload: what changed at households, areas that are new, areas that were taken away.
import { areas } from '../store/areas.js';
import { announce } from '../store/changes.js';
import { strictly } from '../store/database.js';
import { households } from '../store/households.js';
import { workloadRecord } from '../store/settings.js';

const OF_AN_AREA = ['households', 'corrections'];
const UNSENT = ['outbox', 'drafts'];

/**
 * Keep what the office told, in one transaction.
 *
 * Interviews that are begun and what waits to be sent are never touched.
 *
 * @param {object} workload As the office sent it, with `is_whole`: whether it names every household.
 */
export async function keepWorkload({ areas: told, questionnaires: _, is_whole: isWhole, ...rest }) {
  const had = new Map((await areas.all()).map((area) => [area.ea_code, area]));
  const [areaRecords, householdRecords, settingsRecord] = await Promise.all([
    Promise.all(told.map((area) => areaRecord(area, had.get(area.ea_code), isWhole))),
    Promise.all(told.flatMap((area) => area.households.map((each) => householdRecord(area, each)))),
    workloadRecord(rest),
  ]);
  const held = new Set(told.map((area) => area.ea_code));
  const taken = await Promise.all(
    [...had.values()]
      .filter((area) => !held.has(area.ea_code))
      .map((area) => areas.record(area.ea_code, { ...area, is_taken: true })),
  );

  const tx = await strictly(['settings', 'areas', 'households', 'aliases', ...UNSENT]);
  if (isWhole) await dropUntold(tx, held, new Set(householdRecords.map(({ key }) => key)));
  for (const record of [...areaRecords, ...taken]) tx.objectStore('areas').put(record);
  for (const record of householdRecords) tx.objectStore('households').put(record);
  tx.objectStore('settings').put(settingsRecord);
  await tx.done;
  await forgetTakenAreas();
  announce('areas', null);
  announce('households', null);
}

/** Areas that were taken away disappear with all that belongs to them, once nothing of them is unsent. */
export async function forgetTakenAreas() {
  const taken = (await areas.all()).filter((area) => area.is_taken);
  for (const { ea_code: eaCode } of taken) await forgetUnlessUnsent(eaCode);
}

async function forgetUnlessUnsent(eaCode) {
  const tx = await strictly(['areas', ...OF_AN_AREA, ...UNSENT]);
  const unsent = await Promise.all(
    UNSENT.map((name) => tx.objectStore(name).index('ea_code').count(eaCode)),
  );
  const isSent = unsent.every((count) => count === 0);
  if (isSent) {
    tx.objectStore('areas').delete(eaCode);
    for (const name of OF_AN_AREA) await deleteAll(tx.objectStore(name), 'ea_code', eaCode);
  }
  await tx.done;
  if (isSent) announce('areas', eaCode);
}

/** A household that the whole workload does not name is gone, unless something of it is only here. */
async function dropUntold(tx, held, told) {
  const local = await Promise.all([
    tx.objectStore('drafts').getAllKeys(),
    tx.objectStore('aliases').getAllKeys(),
  ]);
  const kept = new Set([...told, ...local.flat()]);
  for (const eaCode of held) {
    for (const key of await tx.objectStore('households').index('ea_code').getAllKeys(eaCode)) {
      const waiting = tx.objectStore('outbox').index('household_id');
      if (!kept.has(key) && !(await waiting.count(key))) tx.objectStore('households').delete(key);
    }
  }
}

async function deleteAll(store, index, value) {
  for (const key of await store.index(index).getAllKeys(value)) store.delete(key);
}

/** With only what changed, the office leaves the boundary out: the one that is here stays. */
function areaRecord({ households: _, ...area }, had, isWhole) {
  const boundary = isWhole ? area.boundary : (area.boundary ?? had?.boundary ?? null);
  const content = { is_practice: false, plan: null, ...area, boundary, is_taken: false };
  return areas.record(area.ea_code, content);
}

function householdRecord({ ea_code: eaCode }, household) {
  const { id, task, revision } = household;
  return households.record(id, { ...household, ea_code: eaCode }, { ea_code: eaCode, task, revision });
}
