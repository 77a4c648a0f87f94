// Buddhist years: the age at the reference moment, and years of the common era taken for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { ageAtReference, commonEra, takenForCommonEra } from './births.js';

test('who was born in December is a year younger on the first of that month', () => {
  assert.equal(ageAtReference('2520', '11'), 43);
  assert.equal(ageAtReference('2520', '12'), 42);
});

test('until 2482 the first months of a year belong to the next common year', () => {
  assert.equal(ageAtReference('2480', '02'), 82);
  assert.equal(ageAtReference('2480', '04'), 83);
  assert.equal(commonEra('2480', '02'), 1938);
  assert.equal(commonEra('2520', '02'), 1977);
});

test('what is no year of birth has no age', () => {
  for (const year of ['9999', '2564', '', '2412']) assert.equal(ageAtReference(year, '05'), null);
});

test('a year of the common era is noticed', () => {
  assert.equal(takenForCommonEra('1977'), 2520);
  assert.equal(takenForCommonEra('2520'), null);
});
