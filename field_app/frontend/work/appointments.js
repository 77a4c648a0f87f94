/** The day list: whom to meet when, what is overdue, and which forms are to be picked up. */

/**
 * @typedef {{ household: import('./known.js').Known, on: string, from: string, to: string,
 *   isPickUp: boolean }} Appointment
 */

/**
 * The appointments that are still to be kept, overdue ones first, then by day and hour.
 *
 * @param {import('./known.js').Known[]} households
 * @param {string} today YYYY-MM-DD
 * @returns {{ overdue: Appointment[], today: Appointment[], days: { on: string,
 *   appointments: Appointment[] }[], pickUps: import('./known.js').Known[] }}
 */
export function dayList(households, today) {
  const open = households.filter(({ task }) => task !== 'none');
  const agreed = open.filter(({ appointment }) => appointment?.on).map(appointmentOf).sort(byTime);
  const coming = byDay(agreed);
  return {
    overdue: agreed.filter(({ on }) => on < today),
    today: coming.get(today) ?? [],
    days: [...coming]
      .filter(([on]) => on > today)
      .map(([on, appointments]) => ({ on, appointments })),
    pickUps: open.filter(({ task, appointment }) => task === 'collect' && !appointment?.on).sort(byLeftAt),
  };
}

/** How many appointments are due today or were due before. */
export function dueBy(households, today) {
  const { overdue, today: due } = dayList(households, today);
  return overdue.length + due.length;
}

function byDay(appointments) {
  const days = new Map();
  for (const each of appointments) days.set(each.on, [...(days.get(each.on) ?? []), each]);
  return days;
}

function appointmentOf(household) {
  const { on, from, to } = household.appointment;
  return { household, on, from: from ?? '', to: to ?? '', isPickUp: household.task === 'collect' };
}

function byTime(one, other) {
  return key(one).localeCompare(key(other));
}

/** Without an hour it can be any time of the day: after those that have one. */
function key({ on, from, to, household }) {
  return [on, from || '99', to || '99', household.id].join(' ');
}

function byLeftAt(one, other) {
  return (one.form_left?.at ?? '').localeCompare(other.form_left?.at ?? '');
}
