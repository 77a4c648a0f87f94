/**
 * A household as the enumerator knows it: what the office said, and on top of it what this tablet
 * has noted since and not sent yet.
 *
 * @typedef {Object} Known the household of the workload, its fields brought up to date, and
 * @property {'enumerate'|'correct'|'collect'|'none'} task what is left to do, as of now
 * @property {boolean} isAnsweredHere a finished interview waits on this tablet
 */

import { isFinal, isInterim } from './codes.js';

const NOTED = {
  visit: (household, { result, at }) => ({
    ...afterVisit(household, result, at),
    disposition: mayReplace(household) ? result : household.disposition,
    task: taskAfterVisit(household, result),
  }),
  appointment: (household, { on, from, to, at }) => ({
    ...afterVisit(household, '70', at),
    appointment: { on, from, to },
  }),
  form_left: (household, { form_id: formId, on, from, to, at }) => ({
    ...afterVisit(household, '71', at),
    form_left: { at, form_id: formId },
    appointment: on ? { on, from, to } : household.appointment,
    task: isOpen(household) ? 'collect' : household.task,
  }),
  form_collected: (household, { at }) => ({
    form_collected: { at },
    appointment: null,
    task: household.task === 'collect' ? 'none' : household.task,
  }),
  mode_switch: (household, { mode }) => ({ mode }),
};

/**
 * The household with what waits on the tablet told on top of it.
 *
 * @returns {Known}
 */
export function known(household) {
  const waiting = household.local?.waiting ?? [];
  const isAnsweredHere = waiting.some(({ kind }) => kind === 'submission');
  const noted = waiting.reduce(
    (soFar, each) => ({ ...soFar, ...NOTED[each.type]?.(soFar, each) }),
    { ...household },
  );
  return { ...noted, isAnsweredHere, task: isAnsweredHere ? 'none' : noted.task };
}

/** A visit after an appointment is the visit that was agreed on: nothing is due any more. */
function afterVisit(household, result, at) {
  return { visits: (household.visits ?? 0) + 1, last_visit: { at, result }, appointment: null };
}

/** What was answered stays answered, whatever a later visit finds. */
function mayReplace(household) {
  return !household.responded && !(isFinal(household.disposition) && household.task === 'none');
}

function taskAfterVisit(household, result) {
  if (household.responded || household.task === 'none' || isInterim(result)) return household.task;
  return 'none';
}

function isOpen(household) {
  return household.task === 'enumerate' || household.task === 'collect';
}
