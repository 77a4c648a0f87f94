/**
 * Which day the census has, and how much of the field period is left.
 *
 * The office's clock may stand on another day than the tablet's: in practice data a census of an
 * earlier year is under way. What the office said last goes on with the days that have passed since.
 */

import { today as dayOfTablet } from '../app/dates.js';
import * as settings from '../store/settings.js';
import { censusDay } from './days.js';

/** Today, and the field period in force, as the office said last. */
export async function calendar() {
  const told = await settings.workload();
  return {
    today: censusDay(told && { ...told, read_on: readOn(told) }, dayOfTablet()),
    period: told?.field_period ?? null,
  };
}

function readOn({ read_at: readAt }) {
  return readAt ? dayOfTablet(new Date(readAt)) : null;
}
