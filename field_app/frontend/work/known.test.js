import assert from 'node:assert/strict';
import { test } from 'node:test';

import { household } from './household_examples.js';
import { known } from './known.js';

const AT = '2021-02-10T10:12:00+07:00';
const noted = (...waiting) =>
  known(household({ local: { waiting: waiting.map((each) => ({ kind: 'action', at: AT, ...each })) } }));

test('a household with nothing noted is as the office said', () => {
  assert.equal(noted().task, 'enumerate');
  assert.equal(noted().isAnsweredHere, false);
});

test('a final result ends the work before it is sent, an interim one does not', () => {
  assert.equal(noted({ type: 'visit', result: '20' }).task, 'none');
  assert.equal(noted({ type: 'visit', result: '73' }).task, 'enumerate');
});

test('a finished interview on the tablet ends the work', () => {
  const answered = known(household({ local: { waiting: [{ kind: 'submission', at: AT }] } }));

  assert.equal(answered.task, 'none');
  assert.equal(answered.isAnsweredHere, true);
});

test('a form that was left is to be collected, and is not any more once it was', () => {
  const left = { type: 'form_left', form_id: '20-…', on: '2021-02-12', from: '17:00', to: '19:00' };

  assert.equal(noted(left).task, 'collect');
  assert.deepEqual(noted(left).appointment, { on: '2021-02-12', from: '17:00', to: '19:00' });
  assert.equal(noted(left, { type: 'form_collected' }).task, 'none');
  assert.equal(noted(left, { type: 'form_collected' }).appointment, null);
});

test('a visit after an appointment keeps it, and the next appointment takes its place', () => {
  const agreed = { type: 'appointment', on: '2021-02-11', from: '09:00', to: '10:00' };

  assert.equal(noted(agreed).appointment.on, '2021-02-11');
  assert.equal(noted(agreed, { type: 'visit', result: '73' }).appointment, null);
  assert.equal(noted(agreed, { ...agreed, on: '2021-02-15' }).appointment.on, '2021-02-15');
});

test('visits are counted on top of those the office knows', () => {
  const one = known(household({
    visits: 2,
    local: { waiting: [{ kind: 'action', type: 'visit', result: '73', at: AT }] },
  }));

  assert.equal(one.visits, 3);
  assert.deepEqual(one.last_visit, { at: AT, result: '73' });
});

test('what was answered stays answered, whatever a visit finds', () => {
  const one = known(household({
    responded: true, task: 'none', disposition: '14',
    local: { waiting: [{ kind: 'action', type: 'visit', result: '20', at: AT }] },
  }));

  assert.equal(one.disposition, '14');
  assert.equal(one.task, 'none');
});
