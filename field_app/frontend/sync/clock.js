// How far the tablet's clock is from the office's.

/** From here on the difference is said on the screen. */
const FAR_OFF_MS = 2 * 60_000;

/**
 * How far the tablet is ahead of the office, in milliseconds; null where the office did not say.
 *
 * Only what cannot be the way's delay counts: the office wrote its time between the two moments.
 *
 * @param {string|null} date The answer's `Date` header, which knows whole seconds.
 * @param {number} askedAt
 * @param {number} answeredAt
 */
export function offsetOf(date, askedAt, answeredAt) {
  const office = Date.parse(date ?? '');
  if (Number.isNaN(office)) return null;
  if (askedAt > office + 1000) return askedAt - office - 1000;
  if (answeredAt < office) return answeredAt - office;
  return 0;
}

/** Whether the clock is so far off that it must be set. */
export const isFarOff = (offset) => Math.abs(offset ?? 0) > FAR_OFF_MS;
