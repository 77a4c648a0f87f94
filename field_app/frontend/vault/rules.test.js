import assert from 'node:assert/strict';
import { test } from 'node:test';

import { faultOfPin, waitAfter, waitLeft } from './rules.js';

test('a PIN has six digits or more, not all the same and not in a row', () => {
  assert.equal(faultOfPin('27182'), 'short');
  assert.equal(faultOfPin('27182a'), 'digits');
  assert.equal(faultOfPin('777777'), 'same');
  assert.equal(faultOfPin('123456'), 'row');
  assert.equal(faultOfPin('987654'), 'row');
  assert.equal(faultOfPin('271828'), null);
  assert.equal(faultOfPin('135790'), null);
});

test('the first tries are free, and then the wait doubles, to a quarter of an hour at most', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5].map(waitAfter), [0, 0, 0, 5_000, 10_000, 20_000]);
  assert.equal(waitAfter(40), 15 * 60_000);
});

test('the wait runs from the last wrong PIN, also over a reload', () => {
  const tries = { failures: 4, failed_at: 1_000_000 };

  assert.equal(waitLeft(tries, 1_004_000), 6_000);
  assert.equal(waitLeft(tries, 1_010_000), 0);
});

test('turning the clock back does not shorten the wait', () => {
  assert.equal(waitLeft({ failures: 4, failed_at: 1_000_000 }, 0), 10_000);
});
