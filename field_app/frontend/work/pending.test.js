import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { UNDO_MS, finish, forget, hold, lastNote, undo, writeWith } from './pending.js';

let written;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const note = (result) => ({ action: { type: 'visit', result }, what: () => result });

beforeEach(() => {
  written = [];
  writeWith(async (action) => written.push(action));
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
});
afterEach(async () => {
  undo();
  forget();
  mock.timers.reset();
});

test('a note is written after five seconds, with the moment of the tap', async () => {
  await hold(note('73'));
  const tapped = new Date().toISOString();
  mock.timers.tick(UNDO_MS - 1);
  assert.deepEqual(written, []);

  mock.timers.tick(1);
  await settled();

  assert.deepEqual(written, [{ at: tapped, type: 'visit', result: '73', location: null }]);
  assert.equal(lastNote().state, 'saved');
});

test('a note that was undone is never written', async () => {
  await hold(note('20'));
  undo();
  mock.timers.tick(2 * UNDO_MS);
  await settled();

  assert.deepEqual(written, []);
  assert.equal(lastNote().state, 'undone');
});

test('the next note makes the one before it final', async () => {
  await hold(note('73'));
  await hold(note('20'));

  assert.deepEqual(written.map(({ result }) => result), ['73']);
  assert.equal(lastNote().state, 'held');
});

test('the position that is known by then goes along', async () => {
  await hold({ ...note('73'), position: { now: () => ({ latitude: 13, longitude: 101 }) } });
  await finish();

  assert.deepEqual(written[0].location, { latitude: 13, longitude: 101 });
});

test('a note that cannot be written says so, stays, and can be written again', async () => {
  writeWith(async () => { throw new Error('the disk is full'); });
  await hold(note('73'));
  await finish();
  assert.equal(lastNote().state, 'failed');
  forget();
  assert.equal(lastNote().state, 'failed');

  writeWith(async (action) => written.push(action));
  await finish();

  assert.equal(written.length, 1);
  assert.equal(lastNote().state, 'saved');
});
