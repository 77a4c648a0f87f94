import assert from 'node:assert/strict';
import { test } from 'node:test';

import { DAY_PARTS, nextDays, noMeeting, partOf, problemsOf, reported } from './meeting.js';

const TODAY = '2021-02-26';

test('a week of days is offered, over the end of a month', () => {
  assert.deepEqual(nextDays(TODAY).slice(2, 4), ['2021-02-28', '2021-03-01']);
});

test('no day, or one that is over, is no appointment', () => {
  assert.deepEqual(problemsOf(noMeeting(), TODAY), { on: 'past' });
  assert.deepEqual(problemsOf({ on: '2021-02-25', from: '', to: '' }, TODAY), { on: 'past' });
  assert.deepEqual(problemsOf({ on: TODAY, from: '', to: '' }, TODAY), {});
});

test('an appointment ends after it begins', () => {
  assert.deepEqual(problemsOf({ on: TODAY, from: '17:00', to: '16:00' }, TODAY), { hours: 'wrong' });
  assert.deepEqual(problemsOf({ on: TODAY, from: '17:00', to: '' }, TODAY), {});
});

test('hours that are a part of the day are known as such', () => {
  const [from, to] = DAY_PARTS.evening;

  assert.equal(partOf({ from, to }), 'evening');
  assert.equal(partOf(noMeeting()), 'any');
  assert.equal(partOf({ from: '17:15', to }), null);
});

test('any hour is reported as none', () => {
  assert.deepEqual(reported({ on: TODAY, from: '', to: '', isOtherDay: false }), { on: TODAY, from: null, to: null });
});
