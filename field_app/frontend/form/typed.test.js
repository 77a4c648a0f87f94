// What is typed: digits of either script, and what is no whole number.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { digitsOf, wholeNumber } from './typed.js';

test('Thai digits are the same numbers', () => {
  assert.equal(wholeNumber('๒๕๒๐'), '2520');
  assert.equal(digitsOf('๑-๒๓๔๕ 6'), '123456');
});

test('what is no whole number is not made into one', () => {
  for (const text of ['1.5', '1,5', '-3', 'สอง', '1e3']) assert.equal(wholeNumber(text), null);
});

test('a blank stays blank, and zeros in front are dropped', () => {
  assert.equal(wholeNumber('  '), '');
  assert.equal(wholeNumber('007'), '7');
});
