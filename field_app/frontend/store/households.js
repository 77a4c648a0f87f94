// The households of the areas, each with what only this tablet knows of it and what the office has.
import { currentId } from './aliases.js';
import { database } from './database.js';
import { SealedStore } from './sealed.js';

/**
 * A household as the workload describes it, with `ea_code`, and `local`: its draft, what waits to be
 * sent, and what was sent with what became of it.
 *
 * @typedef {object} Household
 * @property {string} id
 * @property {string} ea_code
 * @property {string} address
 * @property {'enumerate'|'correct'|'collect'|'none'} task
 * @property {{draft: {saved_at: string}|null, waiting: Told[], sent: Told[]}} local
 *
 * @typedef {object} Told
 * @property {'submission'|'action'|'file'} kind
 * @property {string} type The mode of a submission, the type of an action, the name of a file.
 * @property {string} at
 * @property {string} [outcome] accepted, duplicate, conflict, quarantined or refused
 * @property {string|null} [code]
 * @property {string|null} [detail]
 */

export const households = new SealedStore('households');

/** The households of an area, by id. @returns {Promise<Household[]>} */
export async function inArea(eaCode) {
  const [found, local] = await Promise.all([
    households.all('ea_code', eaCode),
    knownLocally('ea_code', eaCode),
  ]);
  return found.map((household) => ({ ...household, local: local(household.id) }));
}

/** One household, or undefined. @returns {Promise<Household|undefined>} */
export async function get(id) {
  const household = await households.get(await currentId(id));
  if (!household) return undefined;
  const local = await knownLocally('household_id', household.id);
  return { ...household, local: local(household.id) };
}

/** What only this tablet knows of households, and what the office has; nothing is opened for it. */
async function knownLocally(index, value) {
  const db = await database();
  const [drafts, outbox, sent] = await Promise.all([
    index === 'ea_code' ? db.getAllFromIndex('drafts', index, value) : draftOf(db, value),
    db.getAllFromIndex('outbox', index, value),
    db.getAllFromIndex('sent', index, value),
  ]);
  const draftFor = new Map(drafts.map((draft) => [draft.key, { saved_at: draft.saved_at }]));
  const waitingFor = grouped(outbox);
  const sentFor = grouped(sent);
  return (id) => ({
    draft: draftFor.get(id) ?? null,
    waiting: (waitingFor.get(id) ?? []).map(told),
    sent: (sentFor.get(id) ?? []).map(told),
  });
}

async function draftOf(db, householdId) {
  const draft = await db.get('drafts', householdId);
  return draft ? [draft] : [];
}

function grouped(records) {
  const groups = new Map();
  for (const record of records) {
    if (!groups.has(record.household_id)) groups.set(record.household_id, []);
    groups.get(record.household_id).push(record);
  }
  for (const group of groups.values()) group.sort((one, other) => (one.at < other.at ? -1 : 1));
  return groups;
}

function told({ kind, type, at, sent_at, refused, outcome, code, detail }) {
  const answer = refused ? { outcome: 'refused', ...refused } : { outcome, code, detail };
  return { kind, type, at, sent_at, ...(answer.outcome ? answer : {}) };
}
