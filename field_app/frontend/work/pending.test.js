import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

import { UNDO_MS, finish, forget, hold, lastNote, tryAgain, undo, writeTo } from './pending.js';

let kept;
let gone;
const settled = () => new Promise((resolve) => setImmediate(resolve));
const note = (result) => ({ action: { type: 'visit', result }, what: () => result });

beforeEach(() => {
  [kept, gone] = [new Map(), []];
  writeTo({
    add: async (action) => {
      kept.set(action.result, action);
      return action.result;
    },
    letGo: async (id, location) => gone.push({ ...kept.get(id), location }),
    takeBack: async (id) => kept.delete(id),
  });
  mock.timers.enable({ apis: ['setTimeout', 'Date'] });
});
afterEach(async () => {
  await undo();
  forget();
  mock.timers.reset();
});

test('a note is on the disk at once, and goes after five seconds', async () => {
  await hold(note('73'));
  assert.equal(kept.get('73').at, new Date().toISOString());
  assert.equal(kept.get('73').isUndoable, true);
  mock.timers.tick(UNDO_MS - 1);
  assert.deepEqual(gone, []);

  mock.timers.tick(1);
  await settled();

  assert.equal(gone.length, 1);
  assert.equal(lastNote().state, 'saved');
});

test('a note that was taken back is gone, and stays so', async () => {
  await hold(note('20'));
  await undo();
  mock.timers.tick(2 * UNDO_MS);
  await settled();

  assert.equal(kept.size, 0);
  assert.deepEqual(gone, []);
  assert.equal(lastNote().state, 'undone');
});

test('the next note makes the one before it final', async () => {
  await hold(note('73'));
  await hold(note('20'));

  assert.deepEqual(gone.map(({ result }) => result), ['73']);
  assert.equal(lastNote().state, 'held');
});

test('the position that is known by then goes along', async () => {
  await hold({ ...note('73'), position: { now: () => ({ latitude: 13, longitude: 101 }) } });
  await finish();

  assert.deepEqual(gone[0].location, { latitude: 13, longitude: 101 });
});

test('a note that cannot be written says so, stays, and can be written again', async () => {
  let isFull = true;
  writeTo({
    add: async () => {
      if (isFull) throw new Error('the disk is full');
      return 'id';
    },
    letGo: async () => {},
    takeBack: async () => true,
  });
  await hold(note('73'));
  assert.equal(lastNote().state, 'failed');
  forget();
  assert.equal(lastNote().state, 'failed');

  isFull = false;
  await tryAgain();

  assert.equal(lastNote().state, 'held');
});
