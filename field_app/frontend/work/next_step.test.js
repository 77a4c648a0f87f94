import assert from 'node:assert/strict';
import { test } from 'node:test';

import { household } from './household_examples.js';
import { known } from './known.js';
import { nextStep } from './next_step.js';

const next = (said) => nextStep(known(household(said)));
const draft = { saved_at: '2021-02-10T10:12:00+07:00' };

test('what comes next follows the task, and what was begun comes first', () => {
  assert.equal(next({}), 'start');
  assert.equal(next({ task: 'correct' }), 'correct');
  assert.equal(next({ task: 'collect' }), 'collect');
  assert.equal(next({ task: 'none' }), null);
  assert.equal(next({ local: { draft } }), 'resume');
  assert.equal(next({ task: 'correct', local: { draft } }), 'resumeCorrection');
});

test('what was begun can be finished even where another mode has answered', () => {
  assert.equal(next({ task: 'none', responded: true, local: { draft } }), 'resume');
});

test('a finished interview that waits is not begun again', () => {
  assert.equal(next({ local: { waiting: [{ kind: 'submission', at: '…' }] } }), null);
});
