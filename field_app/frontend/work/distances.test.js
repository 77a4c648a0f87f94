import assert from 'node:assert/strict';
import { test } from 'node:test';

import { byDistanceFrom, distanceTo, metresBetween, shownDistance } from './distances.js';

const words = { metres: (n) => `${n} m`, kilometres: (n) => `${n} km` };
const at = (id, position) => ({ id, register: { position } });

test('a degree of latitude is 111 kilometres, one of longitude less the further north', () => {
  assert.ok(Math.abs(metresBetween([101, 13], [101, 14]) - 111_195) < 10);
  assert.ok(Math.abs(metresBetween([101, 60], [102, 60]) / 111_195 - 0.5) < 0.001);
});

test('the nearest household comes first, one without a place last', () => {
  const here = [101, 13];
  const list = [at('none', null), at('far', [101.01, 13]), at('near', [101.001, 13])];

  assert.deepEqual(list.sort(byDistanceFrom(here)).map(({ id }) => id), ['near', 'far', 'none']);
  assert.equal(distanceTo(list[2], here), null);
  assert.equal(distanceTo(list[0], null), null);
});

test('a distance is said to ten metres when near', () => {
  assert.equal(shownDistance(3, words), '10 m');
  assert.equal(shownDistance(124, words), '120 m');
  assert.equal(shownDistance(1240, words), '1.2 km');
});
