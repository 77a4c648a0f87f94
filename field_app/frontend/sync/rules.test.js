import assert from 'node:assert/strict';
import { test } from 'node:test';

import { askedWait, waitBeforeRetry } from './backoff.js';
import { fitting } from './batches.js';
import { isFarOff, offsetOf } from './clock.js';

const ALWAYS = () => 1;
const NEVER = () => 0;

test('the wait before the next try doubles up to ten minutes, and is any moment before that', () => {
  assert.deepEqual([1, 2, 3].map((failures) => waitBeforeRetry(failures, null, ALWAYS)), [
    2_000, 4_000, 8_000,
  ]);
  assert.equal(waitBeforeRetry(50, null, ALWAYS), 600_000);
  assert.equal(waitBeforeRetry(5, null, NEVER), 0);
});

test('what the office asks to wait is waited in full, and not by all tablets alike', () => {
  assert.equal(waitBeforeRetry(1, 30_000, NEVER), 30_000);
  assert.equal(waitBeforeRetry(1, 30_000, ALWAYS), 32_000);
});

test('the office asks in seconds or by a moment', () => {
  assert.equal(askedWait('120'), 120_000);
  assert.equal(askedWait('Wed, 10 Feb 2021 05:00:30 GMT', Date.UTC(2021, 1, 10, 5)), 30_000);
  assert.equal(askedWait(null), null);
  assert.equal(askedWait('soon'), null);
});

test('a request holds as many records as fit, in their order, and at least one', () => {
  const records = [10, 10, 10, 500].map((bytes, key) => ({ key, bytes }));
  const keys = (limits) => fitting(records, limits).map(({ key }) => key);

  assert.deepEqual(keys({ most: 2, bytes: 10_000 }), [0, 1]);
  assert.deepEqual(keys({ most: 50, bytes: 250 }), [0, 1, 2]);
  assert.deepEqual(keys({ most: 50, bytes: 10_000 }), [0, 1, 2, 3]);
  assert.deepEqual(keys({ most: 50, bytes: 1 }), [0]);
  assert.deepEqual(fitting([], { most: 50, bytes: 1 }), []);
});

test("a slow answer is no wrong clock; only what cannot be the way's delay counts", () => {
  const date = 'Wed, 10 Feb 2021 05:00:00 GMT';
  const office = Date.UTC(2021, 1, 10, 5);

  assert.equal(offsetOf(date, office - 60_000, office + 60_000), 0);
  assert.equal(offsetOf(date, office + 600_000, office + 601_000), 599_000);
  assert.equal(offsetOf(date, office - 601_000, office - 600_000), -600_000);
  assert.equal(offsetOf(null, 0, 0), null);
});

test('a tablet that counts in the Buddhist era, or is three years behind, is far off', () => {
  const office = Date.UTC(2021, 1, 10);
  const date = new Date(office).toUTCString();

  assert.ok(isFarOff(offsetOf(date, Date.UTC(2564, 1, 10), Date.UTC(2564, 1, 10))));
  assert.ok(isFarOff(offsetOf(date, Date.UTC(2018, 1, 10), Date.UTC(2018, 1, 10))));
  assert.ok(!isFarOff(offsetOf(date, office + 30_000, office + 31_000)));
});
