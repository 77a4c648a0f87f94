// Identity numbers: grouped as on the card, judged by their last digit.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { grouped, judged } from './identity_number.js';

test('digits are grouped as on the card, as far as they go', () => {
  assert.equal(grouped('1999900000013'), '1-9999-00000-01-3');
  assert.equal(grouped('19999'), '1-9999');
  assert.equal(grouped(''), '');
});

test('the last digit tells whether a number can be right', () => {
  assert.equal(judged('1999900000013'), 'right');
  assert.equal(judged('3999900000010'), 'right');
  assert.equal(judged('3999900000011'), 'wrong');
});

test('a number that is not complete is neither right nor wrong', () => {
  assert.equal(judged('399990000001'), 'short');
  assert.equal(judged('39999000000100'), 'long');
});
