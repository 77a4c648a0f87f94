/** How far an area has come: the figures of a card on the first screen. */

import { FILTERS, isUnsent } from './filters.js';

/**
 * @param {import('./known.js').Known[]} households
 * @param {string} today YYYY-MM-DD
 */
export function countsOf(households, today) {
  const total = households.length;
  const left = households.filter(FILTERS.left).length;
  return {
    total,
    left,
    done: total - left,
    returned: households.filter(FILTERS.correct).length,
    toCollect: households.filter(FILTERS.collect).length,
    dueToday: households.filter((each) => FILTERS.appointment(each) && each.appointment.on <= today).length,
    answeredHere: households.filter(({ isAnsweredHere, responded }) => isAnsweredHere && !responded).length,
    unsent: households.filter(isUnsent).length,
  };
}
