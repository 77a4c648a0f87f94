// How much goes into one request.
const AROUND_EACH_BYTES = 64;

/**
 * The records for one request: from the head of the line, as many as fit; always at least one.
 *
 * @template {{bytes: number}} T
 * @param {T[]} records
 * @param {{most: number, bytes: number}} limits
 * @returns {T[]}
 */
export function fitting(records, { most, bytes }) {
  let total = 0;
  const count = records.slice(0, most).findIndex((record) => {
    total += record.bytes + AROUND_EACH_BYTES;
    return total > bytes;
  });
  return records.slice(0, count === -1 ? most : Math.max(1, count));
}
