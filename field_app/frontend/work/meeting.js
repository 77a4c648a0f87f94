/**
 * An appointment while it is being agreed on.
 *
 * @typedef {{ on: string, from: string, to: string, isOtherDay: boolean }} Meeting days as
 *   `YYYY-MM-DD`, times as `HH:MM`; without times any hour will do
 */

import { dayAfter } from './days.js';

/** The parts of a day and their hours, as one agrees on them at a door. */
export const DAY_PARTS = {
  morning: ['08:00', '11:00'],
  noon: ['11:00', '13:00'],
  afternoon: ['13:00', '17:00'],
  evening: ['17:00', '20:00'],
  any: ['', ''],
};

/** The choice of a day that is not among the next ones. */
export const OTHER_DAY = 'other';

const DAYS_OFFERED = 7;

/** A meeting nobody has agreed on yet. @returns {Meeting} */
export const noMeeting = () => ({ on: '', from: '', to: '', isOtherDay: false });

/** Today and the days after it that are offered by name. */
export function nextDays(today) {
  return Array.from({ length: DAYS_OFFERED }, (_, ahead) => dayAfter(today, ahead));
}

/** Which part of the day the hours are, or null for other hours. */
export function partOf({ from, to }) {
  const found = Object.entries(DAY_PARTS).find(([, [begin, end]]) => begin === from && end === to);
  return found?.[0] ?? null;
}

/**
 * What keeps a meeting from being kept.
 *
 * @returns {{ on?: 'past', hours?: 'wrong' }}
 */
export function problemsOf({ on, from, to }, today) {
  const problems = {};
  if (!on || on < today) problems.on = 'past';
  if (from && to && to <= from) problems.hours = 'wrong';
  return problems;
}

/** The meeting as it is reported. */
export function reported({ on, from, to }) {
  return { on, from: from || null, to: to || null };
}
