import assert from 'node:assert/strict';
import { test } from 'node:test';

import { censusDay, dayAfter, daysBetween, periodLeft } from './days.js';

const PERIOD = { starts_on: '2020-12-01', ends_on: '2021-02-28', revision: 2 };

test('days are counted over the ends of months and years', () => {
  assert.equal(dayAfter('2021-02-28', 1), '2021-03-01');
  assert.equal(daysBetween('2020-12-30', '2021-01-02'), 3);
});

test('the census day goes on while the tablet is offline', () => {
  assert.equal(censusDay({ census_day: '2021-02-10', read_on: '2026-11-27' }, '2026-11-29'), '2021-02-12');
  assert.equal(censusDay({ census_day: '2021-02-10', read_on: '2026-11-27' }, '2026-11-20'), '2021-02-10');
  assert.equal(censusDay(undefined, '2026-11-29'), '2026-11-29');
});

test('the field period says how long it lasts still', () => {
  assert.deepEqual(periodLeft(PERIOD, '2020-11-29'), { state: 'before', days: 2 });
  assert.deepEqual(periodLeft(PERIOD, '2021-02-10'), { state: 'running', days: 18 });
  assert.deepEqual(periodLeft(PERIOD, '2021-02-28'), { state: 'last', days: 0 });
  assert.deepEqual(periodLeft(PERIOD, '2021-03-01'), { state: 'over', days: 0 });
  assert.equal(periodLeft(null, '2021-03-01'), null);
});
