// What the office has: ids, kinds, times and outcomes of everything that was sent, never a content.
import { database } from './database.js';

const STORE = 'sent';

/**
 * What stays of a record that the office has acknowledged.
 *
 * @param {object} record A record of the outbox.
 * @param {{outcome: string, code: string|null, detail: string|null}} answer
 * @param {string} sentAt
 */
export function entryOf({ key, kind, type, household_id, ea_code, at }, answer, sentAt) {
  const { outcome, code = null, detail = null } = answer;
  return { key, kind, type, household_id, ea_code, at, sent_at: sentAt, outcome, code, detail };
}

/** Everything that was sent, the last first. */
export async function all() {
  const entries = await (await database()).getAll(STORE);
  return entries.sort((one, other) => (one.sent_at < other.sent_at ? 1 : -1));
}

/** What became of one record, or undefined while the office has not acknowledged it. */
export async function get(key) {
  return (await database()).get(STORE, key);
}
