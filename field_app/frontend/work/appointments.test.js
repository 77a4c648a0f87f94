import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dayList, dueBy } from './appointments.js';
import { household } from './household_examples.js';

const TODAY = '2021-02-10';
const meeting = (serial, on, from = '', said = {}) =>
  household({ id: `22001011001-${serial}`, appointment: { on, from, to: '' }, ...said });
const ids = (appointments) => appointments.map((each) => (each.household ?? each).id.slice(12));

test('overdue ones come first, then today by the hour, then the coming days', () => {
  const list = dayList([
    meeting('0005', '2021-02-12', '09:00'),
    meeting('0003', TODAY, '17:00'),
    meeting('0002', TODAY, '09:30'),
    meeting('0004', TODAY),
    meeting('0001', '2021-02-08', '10:00'),
  ], TODAY);

  assert.deepEqual(ids(list.overdue), ['0001']);
  assert.deepEqual(ids(list.today), ['0002', '0003', '0004']);
  assert.deepEqual(list.days.map(({ on, appointments }) => [on, ids(appointments)]), [
    ['2021-02-12', ['0005']],
  ]);
});

test('where nothing is left to do nobody is to be met', () => {
  const list = dayList([meeting('0001', TODAY, '09:00', { task: 'none' })], TODAY);

  assert.deepEqual(list.today, []);
});

test('forms without an hour are to be picked up, the longest left first', () => {
  const left = (serial, at) =>
    household({ id: `22001011001-${serial}`, task: 'collect', form_left: { at, form_id: null } });

  const list = dayList([left('0002', '2021-02-05'), left('0001', '2021-02-07')], TODAY);

  assert.deepEqual(ids(list.pickUps), ['0002', '0001']);
});

test('a form with an hour is an appointment, and says that it is a pick-up', () => {
  const [only] = dayList([meeting('0001', TODAY, '17:00', { task: 'collect' })], TODAY).today;

  assert.equal(only.isPickUp, true);
});

test('what is due counts today and what was missed', () => {
  const households = [meeting('0001', '2021-02-08'), meeting('0002', TODAY), meeting('0003', '2021-02-11')];

  assert.equal(dueBy(households, TODAY), 2);
});
