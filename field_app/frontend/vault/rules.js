// What a PIN must be like, and how long whoever guesses has to wait.
const FEWEST_DIGITS = 6;
const FREE_TRIES = 3;
const FIRST_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * What is wrong with a new PIN, or null.
 *
 * @returns {'digits'|'short'|'same'|'row'|null}
 */
export function faultOfPin(pin) {
  if (!/^\d*$/.test(pin)) return 'digits';
  if (pin.length < FEWEST_DIGITS) return 'short';
  const steps = new Set([...pin].slice(1).map((digit, place) => digit - pin[place]));
  if (steps.size > 1) return null;
  return steps.has(0) ? 'same' : isRow(steps) ? 'row' : null;
}

const isRow = (steps) => steps.has(1) || steps.has(-1);

/** How long to wait after so many wrong PINs in a row: nothing at first, then twice as long each time. */
export function waitAfter(failures) {
  if (failures < FREE_TRIES) return 0;
  return Math.min(FIRST_WAIT_MS * 2 ** (failures - FREE_TRIES), LONGEST_WAIT_MS);
}

/**
 * How long to wait still. A clock that was turned back does not shorten it.
 *
 * @param {{failures: number, failed_at: number|null}} tries
 */
export function waitLeft({ failures, failed_at: failedAt }, now) {
  const wait = waitAfter(failures);
  if (!wait || failedAt === null) return 0;
  const passed = now - failedAt;
  return passed < 0 ? wait : Math.max(0, wait - passed);
}
