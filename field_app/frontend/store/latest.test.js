import assert from 'node:assert/strict';
import { test } from 'node:test';

import { latest } from './latest.js';

const later = () => new Promise((resolve) => setTimeout(resolve, 5));

test('what was typed last is what stays, and what was overtaken is not written', async () => {
  const written = [];
  const put = latest(async (key, content) => {
    await later();
    written.push(`${key}=${content}`);
  });

  const first = put('a', 1);
  await later();
  await Promise.all([first, put('a', 2), put('a', 3), put('b', 9)]);

  assert.deepEqual(written.filter((each) => each.startsWith('a')), ['a=1', 'a=3']);
  assert.ok(written.includes('b=9'));
});

test('a write that fails is told to whoever waits for it, and the next one is made', async () => {
  let isBroken = true;
  const put = latest(async () => {
    if (isBroken) throw new Error('full');
  });

  await assert.rejects(put('a', 1), /full/);
  isBroken = false;
  await put('a', 2);
});
