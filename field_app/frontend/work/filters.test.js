import assert from 'node:assert/strict';
import { test } from 'node:test';

import { countsOf } from './counts.js';
import { FILTERS, countsByFilter, search } from './filters.js';
import { household } from './household_examples.js';

const AREA = [
  household({ id: '22001011001-0001', address: '1 ซอยดอกแก้ว 1 ถนนสุขสมมติ' }),
  household({ id: '22001011001-0012', address: '12/3 หมู่ที่ 4 บ้านคลองจำลอง', task: 'correct' }),
  household({ id: '22001011001-0020', address: '21 ซอยดอกแก้ว 1', task: 'collect',
    appointment: { on: '2021-02-09', from: '', to: '' } }),
  household({ id: '22001011001-0121', address: 'ห้อง 101 หอพักใบเตย 2', task: 'none' }),
  household({ id: '22001011001-0122', address: 'ข้างวัด', local: { draft: { saved_at: '…' } } }),
];
const serials = (found) => found.map(({ id }) => Number(id.slice(12)));

test('each filter lets through what it says', () => {
  assert.deepEqual(countsByFilter(AREA), {
    left: 4, enumerate: 2, correct: 1, collect: 1, appointment: 1, unsent: 1, done: 1, all: 5,
  });
  assert.deepEqual(Object.keys(FILTERS)[0], 'left');
});

test('an address is found by its words, in any order', () => {
  assert.deepEqual(serials(search(AREA, 'ดอกแก้ว')), [1, 20]);
  assert.deepEqual(serials(search(AREA, 'จำลอง 12')), [12]);
  assert.deepEqual(serials(search(AREA, ' ')), [1, 12, 20, 121, 122]);
});

test('a number finds the door that begins with it, or the serial that it is', () => {
  assert.deepEqual(serials(search(AREA, '12')), [12]);
  assert.deepEqual(serials(search(AREA, '0121')), [121]);
  assert.deepEqual(serials(search(AREA, '๑๒/๓')), [12]);
});

test('an area is counted: done and left, returned, due today and before, unsent', () => {
  assert.deepEqual(countsOf(AREA, '2021-02-10'), {
    total: 5, left: 4, done: 1, returned: 1, toCollect: 1, dueToday: 1, answeredHere: 0, unsent: 1,
  });
});
