import assert from 'node:assert/strict';
import { test } from 'node:test';

import { household } from './household_examples.js';
import { known } from './known.js';
import { SIGNS, standingOf } from './standing.js';

const AT = '2021-02-10T10:12:00+07:00';
const stands = (said) => standingOf(known(household(said)));
const keys = (said) => stands(said).marks.map(({ key }) => key);
const sent = (outcome, code = null) => ({ kind: 'submission', type: 'submission', at: AT, outcome, code });

test('nothing done yet is to be enumerated', () => {
  assert.deepEqual(stands({}), { sign: 'todo', marks: [{ key: 'todo', sign: 'todo' }] });
});

test('an answer from another mode is told with its mode and moment', () => {
  const { sign, marks } = stands({
    responded: true, task: 'none', disposition: '14', answered_mode: 'internet', answered_at: AT,
  });

  assert.equal(sign, 'done');
  assert.deepEqual(marks[0], { key: 'answered', sign: 'done', at: AT, mode: 'internet' });
});

test('an answer from another mode calls off a visit that was under way', () => {
  const answered = { responded: true, task: 'none', answered_mode: 'internet', answered_at: AT };

  assert.equal(keys({ ...answered, local: { draft: { saved_at: AT } } })[0], 'stop');
  assert.equal(keys({ ...answered, appointment: { on: '2021-02-11' } })[0], 'stop');
  assert.equal(keys(answered)[0], 'answered');
});

test('an answer this tablet sent calls nothing off', () => {
  const mine = {
    responded: true, task: 'none', answered_mode: 'face_to_face', answered_at: AT,
    appointment: { on: '2021-02-11' }, local: { sent: [sent('accepted')] },
  };

  assert.equal(keys(mine)[0], 'answered');
});

test('a return comes before everything but what the office holds back', () => {
  const returned = { task: 'correct', responded: true, review: 'returned', reason: 'ขาดปีเกิด' };

  assert.equal(stands(returned).sign, 'correct');
  assert.equal(stands({ ...returned, local: { draft: { saved_at: AT } } }).sign, 'correct');
  assert.equal(stands(returned).marks[0].reason, 'ขาดปีเกิด');
});

test('what the office holds back is told until something counts', () => {
  const held = { local: { sent: [sent('quarantined', 'household.foreign')] } };

  assert.equal(stands(held).sign, 'held');
  assert.equal(stands(held).marks[0].code, 'household.foreign');
  assert.equal(stands({ ...held, responded: true, task: 'none' }).sign, 'done');
  assert.equal(
    stands({ local: { sent: [sent('quarantined'), sent('accepted')] } }).sign, 'todo',
  );
});

test('a form on the way is to be collected, then with the enumerator, then with the office', () => {
  const left = { task: 'collect', disposition: '71', form_left: { at: AT, form_id: '20-…' } };
  const collected = { kind: 'action', type: 'form_collected', at: AT };

  assert.equal(stands(left).sign, 'collect');
  assert.equal(keys({ ...left, local: { waiting: [collected] } })[0], 'formCollected');
  assert.equal(keys({ ...left, task: 'none' })[0], 'formWithOffice');
});

test('the tablet says what only it knows', () => {
  assert.equal(stands({ local: { draft: { saved_at: AT } } }).sign, 'draft');
  assert.equal(stands({ local: { waiting: [{ kind: 'submission', at: AT }] } }).sign, 'waiting');
  assert.deepEqual(
    stands({ local: { waiting: [{ kind: 'action', type: 'problem', at: AT }] } }).marks.at(-1),
    { key: 'waiting', sign: '', count: 1 },
  );
});

test('an end without an answer is an end, not an answer', () => {
  const { sign, marks } = stands({ task: 'none', disposition: '43' });

  assert.equal(sign, 'ended');
  assert.equal(marks[0].disposition, '43');
});

test('a code, an agreed mode and visits are told beside the rest', () => {
  const said = {
    code_issued_at: AT, mode: 'mail', visits: 2, last_visit: { at: AT, result: '73' },
    appointment: { on: '2021-02-11', from: '17:00', to: '19:00' },
  };

  assert.deepEqual(keys(said), ['appointment', 'codeIssued', 'modeAgreed', 'visited']);
  assert.equal(stands(said).sign, 'appointment');
});

test('every sign that is given is one that is drawn', () => {
  for (const task of ['enumerate', 'correct', 'collect', 'none']) {
    for (const disposition of [null, '11', '20', '40', '70', '71', '73']) {
      assert.ok(SIGNS.includes(stands({ task, disposition }).sign));
    }
  }
});
