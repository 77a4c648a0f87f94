// A count of what is unsent, kept outside the database: it tells when the database itself was lost.
import { database, readTablet, writeTablet } from './database.js';

const KEY = 'sammano.unsent';
const IDENTITY = 'identity';

/**
 * Note how much is unsent, and in which database it lies.
 *
 * The note is written after the database is. Killed in between, it is too low, never too high, but for
 * records that were sent; those are found again by the identity of the database.
 */
export async function countUnsent() {
  const count = await unsent();
  localStorage.setItem(KEY, JSON.stringify({ database: await identity(), count }));
  return count;
}

/** How many records wait for the office, and interviews that are begun. */
export async function unsent() {
  const db = await database();
  const [outbox, drafts] = await Promise.all([db.count('outbox'), db.count('drafts')]);
  return outbox + drafts;
}

/**
 * How many unsent records are gone because the tablet's storage was emptied; 0 when all is well.
 *
 * A database that was emptied is a new one, with another identity than the note has.
 */
export async function missing() {
  const note = noted();
  return note && note.count > 0 && note.database !== (await identity()) ? note.count : 0;
}

/** Somebody has read that records are missing. */
export async function acknowledgeMissing() {
  await countUnsent();
}

function noted() {
  try {
    return JSON.parse(localStorage.getItem(KEY));
  } catch {
    return null;
  }
}

async function identity() {
  const known = await readTablet(IDENTITY);
  if (known) return known.id;
  const fresh = { id: crypto.randomUUID() };
  await writeTablet({ [IDENTITY]: fresh });
  return fresh.id;
}
