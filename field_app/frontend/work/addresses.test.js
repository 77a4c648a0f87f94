import assert from 'node:assert/strict';
import { test } from 'node:test';

import { byAddress, partsOf } from './addresses.js';

const households = (...addresses) => addresses.map((address, at) => ({ id: `x-${at}`, address }));
const sorted = (...addresses) => households(...addresses).sort(byAddress).map(({ address }) => address);

test('a door number is told from the street, the village or the building', () => {
  assert.deepEqual(partsOf('12/3 หมู่ที่ 4 บ้านคลองจำลอง'), { number: '12/3', place: 'หมู่ที่ 4 บ้านคลองจำลอง' });
  assert.deepEqual(partsOf('ห้อง 101 หอพักใบเตย 2'), { number: 'ห้อง 101', place: 'หอพักใบเตย 2' });
  assert.deepEqual(partsOf('7ก/2 ซอยมะลิวัลย์'), { number: '7ก/2', place: 'ซอยมะลิวัลย์' });
  assert.deepEqual(partsOf('ข้างวัด'), { number: '', place: 'ข้างวัด' });
  assert.deepEqual(partsOf('12'), { number: '', place: '12' });
});

test('2 comes before 10, and 2/10 after 2/9', () => {
  assert.deepEqual(sorted('10 ซอยก', '2/10 ซอยก', '2 ซอยก', '2/9 ซอยก'), [
    '2 ซอยก', '2/9 ซอยก', '2/10 ซอยก', '10 ซอยก',
  ]);
});

test('one lane is walked to its end before the next', () => {
  assert.deepEqual(sorted('1 ซอยร่มเย็น 2', '1 ซอยร่มเย็น 10', '3 ซอยร่มเย็น 2'), [
    '1 ซอยร่มเย็น 2', '3 ซอยร่มเย็น 2', '1 ซอยร่มเย็น 10',
  ]);
});
