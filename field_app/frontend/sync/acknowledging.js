// Keeps what the office answered: what it has leaves the outbox, and only its id and outcome stay.
import { announce } from '../store/changes.js';
import { strictly } from '../store/database.js';
import { FOUND } from '../store/found.js';
import { entryOf } from '../store/ledger.js';
import { countUnsent } from '../store/unsent.js';
import { noteAnswer, takeUpGivenIds } from './given_ids.js';

const REFUSED = 'refused';

/**
 * Keep the answers to some records, in one transaction.
 *
 * Refused is what the office could not keep: it stays here, is not sent again by itself, and can go
 * into a file. Everything else is at the office, whatever it thinks of it.
 *
 * @param {{key: string}[]} records What was sent.
 * @param {{outcome: string, code?: string|null, detail?: string|null, household_id?: string|null}[]} answers
 */
export async function keepAnswers(records, answers) {
  const now = new Date().toISOString();
  const tx = await strictly(['outbox', 'sent', 'aliases']);
  for (const [place, record] of records.entries()) {
    if (answers[place].outcome === REFUSED) await keepRefused(tx, record, answers[place], now);
    else acknowledge(tx, record, answers[place], now);
    if (record.type === FOUND) {
      await noteAnswer(tx, record.key, answers[place].household_id ?? null);
    }
  }
  await tx.done;
  await countUnsent();
  await takeUpGivenIds();
  announce('sent', null);
  announce('outbox', null);
}

function acknowledge(tx, record, answer, now) {
  tx.objectStore('sent').put(entryOf(record, answer, now));
  tx.objectStore('outbox').delete(record.key);
}

async function keepRefused(tx, { key, household_id: householdId }, { code, detail }, now) {
  const store = tx.objectStore('outbox');
  const ofHousehold = householdId
    ? await store.index('household_id').getAll(householdId)
    : [await store.get(key)];
  for (const record of ofHousehold) {
    if (record.key !== key && record.owner !== key) continue;
    store.put({ ...record, line: REFUSED, refused: { code, detail, at: now } });
  }
}
