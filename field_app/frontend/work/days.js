/** Arithmetic of days, and what is left of the field period. Days are `YYYY-MM-DD`. */

const DAY_MS = 86_400_000;

/** The day after so many days. */
export function dayAfter(day, days) {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie between two days. */
export function daysBetween(from, to) {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** The census day now, from what the office said and when. */
export function censusDay(told, tabletDay) {
  if (!told?.census_day) return tabletDay;
  const passed = told.read_on ? Math.max(0, daysBetween(told.read_on, tabletDay)) : 0;
  return dayAfter(told.census_day, passed);
}

/**
 * How much of the field period is left, today included.
 *
 * @returns {{ state: 'before'|'running'|'last'|'over', days: number }|null}
 */
export function periodLeft(period, today) {
  if (!period) return null;
  if (today < period.starts_on) return { state: 'before', days: daysBetween(today, period.starts_on) };
  const days = daysBetween(today, period.ends_on);
  if (days < 0) return { state: 'over', days: 0 };
  return days === 0 ? { state: 'last', days: 0 } : { state: 'running', days };
}
