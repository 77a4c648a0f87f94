import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dotsNear, movedBy, onScreen, scaleBar, viewOfAll, zoomedBy } from './map_view.js';
import { boxAround, contains, middleOf, pathOf, projectionAround, ringsOf } from './projection.js';
import { metresBetween } from './distances.js';

const SIZE = { width: 800, height: 600 };
const near = (one, other, within = 0.01) => assert.ok(Math.abs(one - other) <= within, `${one} ≠ ${other}`);

test('the picture keeps distances: metres on the plane are metres on the ground', () => {
  const [here, there] = [[100.99, 13.36], [101.0, 13.37]];
  const [x, y] = projectionAround(here)(there);

  near(Math.hypot(x, y), metresBetween(here, there), 1);
  assert.ok(x > 0 && y < 0, 'east is right, north is up');
});

test('all of a box is seen, in the middle', () => {
  const view = viewOfAll([-400, -100, 400, 100], SIZE);

  assert.deepEqual(onScreen([0, 0], view, SIZE), [400, 300]);
  near(onScreen([400, 0], view, SIZE)[0], 760);
});

test('the map follows the finger', () => {
  const view = movedBy({ x: 0, y: 0, scale: 2 }, 30, -10);

  assert.deepEqual(onScreen([0, 0], view, SIZE), [430, 290]);
});

test('what lies under the fingers stays there while zooming, within limits', () => {
  const before = { x: 5, y: 7, scale: 1 };
  const point = [55, 27];
  const [x, y] = onScreen(point, before, SIZE);
  const after = zoomedBy(before, 2, { x: x - 400, y: y - 300 }, 0.1);

  assert.deepEqual(onScreen(point, after, SIZE).map(Math.round), [x, y]);
  assert.equal(zoomedBy(before, 1000, { x: 0, y: 0 }, 0.1).scale, 12);
  assert.equal(zoomedBy(before, 0.0001, { x: 0, y: 0 }, 0.1).scale, 0.1);
});

test('a thumb finds the nearest dwelling, and all that lie in one place', () => {
  const dots = [{ at: [0, 0], id: 1 }, { at: [0, 1], id: 2 }, { at: [15, 0], id: 3 }, { at: [90, 0], id: 4 }];
  const found = dotsNear(dots, [402, 300], { x: 0, y: 0, scale: 1 }, SIZE);

  assert.deepEqual(found.map(({ id }) => id), [1, 2]);
  assert.deepEqual(dotsNear(dots, [100, 100], { x: 0, y: 0, scale: 1 }, SIZE), []);
});

test('the bar is a round number of metres', () => {
  assert.deepEqual(scaleBar({ scale: 1 }), { metres: 100, pixels: 100 });
  assert.equal(scaleBar({ scale: 0.3 }).metres, 200);
  assert.equal(scaleBar({ scale: 12 }).metres, 5);
});

test('a boundary of one part, of several, or none is drawn', () => {
  const square = [[0, 0], [1, 0], [1, 1], [0, 0]];

  assert.equal(ringsOf({ type: 'Polygon', coordinates: [square] }).length, 1);
  assert.equal(ringsOf({ type: 'MultiPolygon', coordinates: [[square], [square, square]] }).length, 3);
  assert.equal(ringsOf({ type: 'Feature', geometry: { type: 'Polygon', coordinates: [square] } }).length, 1);
  assert.deepEqual(ringsOf(null), []);
  assert.equal(pathOf([square], ([x, y]) => [x, y]), 'M0.0 0.0L1.0 0.0L1.0 1.0L0.0 0.0Z');
  assert.deepEqual(middleOf(boxAround([[0, 0], [2, 4]])), [1, 2]);
  assert.equal(boxAround([]), null);
});

test('what lies in a hole lies outside', () => {
  const around = (half) => [[-half, -half], [half, -half], [half, half], [-half, half], [-half, -half]];

  assert.equal(contains([around(2)], [1.5, 0]), true);
  assert.equal(contains([around(2), around(1)], [0.5, 0]), false);
  assert.equal(contains([around(2)], [3, 0]), false);
});
