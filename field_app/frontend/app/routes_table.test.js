import assert from 'node:assert/strict';
import { test } from 'node:test';

import { RoutesTable } from './routes_table.js';

const table = new RoutesTable();
for (const pattern of ['/', '/household/<id>', '/household/<id>/visit', '/set-up/<token>']) {
  table.add(pattern, pattern);
}

test('an address names a screen and what it is about', () => {
  const found = table.match('#/household/22001011001-0042/visit');

  assert.equal(found.meaning, '/household/<id>/visit');
  assert.deepEqual(found.params, { id: '22001011001-0042' });
});

test('no address is the first screen', () => {
  assert.equal(table.match('').meaning, '/');
  assert.equal(table.match('#/').meaning, '/');
});

test('what is asked after the question mark comes along and does not replace the path', () => {
  const found = table.match('#/household/a?from=map&id=b');

  assert.deepEqual(found.params, { from: 'map', id: 'a' });
});

test('an address that no screen has is told apart', () => {
  assert.equal(table.match('#/household'), null);
  assert.equal(table.match('#/household/a/b/c'), null);
});

test('a broken escape is taken as it stands', () => {
  assert.deepEqual(table.match('#/set-up/%E0%A4%A').params, { token: '%E0%A4%A' });
});
