// Saving: changes of a moment are written together, and "saved" is said only after the last one.
import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { Saving } from './saving.js';

test('changes within a moment are written once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const write = mock.fn(async () => {});
  const saving = new Saving(write, () => {});

  for (let change = 0; change < 5; change += 1) saving.soon();
  mock.timers.tick(100);
  await Promise.resolve();

  assert.equal(write.mock.callCount(), 1);
  mock.timers.reset();
});

test('it is not called saved while a later change is on its way', async () => {
  const open = [];
  const saving = new Saving(() => new Promise((resolve) => open.push(resolve)), () => {});

  const [first, second] = [saving.now(), saving.now()];
  open[0]();
  await first;
  assert.notEqual(saving.state, 'saved');
  open[1]();
  await second;

  assert.equal(saving.state, 'saved');
});

test('what could not be written is tried again', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let isFull = true;
  const write = mock.fn(async () => {
    if (isFull) throw new Error('no room');
  });
  const saving = new Saving(write, () => {});

  await saving.now();
  assert.equal(saving.state, 'failed');
  isFull = false;
  mock.timers.tick(2_000);
  mock.timers.reset();
  await new Promise((done) => setImmediate(done));

  assert.equal(saving.state, 'saved');
});
