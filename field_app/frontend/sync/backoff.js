// When to try again: later each time, and at a moment that tablets do not share.
const FIRST_MS = 2_000;
const LONGEST_MS = 10 * 60_000;

/**
 * How long to wait after so many failures in a row: any moment up to a bound that doubles.
 *
 * What the office asks for is waited in full, and the moment of chance comes on top.
 *
 * @param {number} failures
 * @param {number|null} [asked] What `Retry-After` said, in milliseconds.
 * @param {() => number} [chance]
 */
export function waitBeforeRetry(failures, asked = null, chance = Math.random) {
  const bound = Math.min(FIRST_MS * 2 ** Math.max(0, failures - 1), LONGEST_MS);
  return (asked ?? 0) + chance() * bound;
}

/** What a `Retry-After` header asks for, in milliseconds; null where it asks for nothing. */
export function askedWait(header, now = Date.now()) {
  if (!header) return null;
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const until = Date.parse(header);
  return Number.isNaN(until) ? null : Math.max(0, until - now);
}
