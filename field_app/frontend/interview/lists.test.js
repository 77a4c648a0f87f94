// The lists of one household: the same ids and cells as the office writes.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { entityId } from './entity_id.js';
import { listsFor, registeredAt } from './lists.js';

const HOUSEHOLD = {
  id: '22001011001-0042',
  ea_code: '22001011001',
  address: '12/3 "บ้านสวน", หมู่ 4',
  revision: 2,
  task: 'correct',
  reason: 'อายุ\nไม่ตรง',
  disposition: null,
  register: {
    house_code: '1',
    persons: 1,
    members: [
      {
        title: '01',
        first_name: 'สมมติ',
        surname: 'ตัวอย่าง',
        sex: '1',
        birth_month: 5,
        birth_year_be: 2520,
        nationality: '764',
      },
    ],
  },
};

test('an entity has the identity the office gives it', async () => {
  // Made with Python's uuid5 in the office's namespace.
  assert.equal(await entityId('22001011001-0042'), '5e3faaf0-0679-5987-957b-3298821b951c');
  assert.equal(await entityId('22001011001-0042/1'), '5215e912-66a8-5f09-866c-94f5f8870cc9');
});

test('cells with commas, quotes or lines stay one cell', async () => {
  const lists = await listsFor(HOUSEHOLD, await registeredAt(HOUSEHOLD));

  assert.match(lists['households.csv'], /,"12\/3 ""บ้านสวน"", หมู่ 4",correct,"อายุ\nไม่ตรง",,1,1,/);
  assert.match(lists['register.csv'], /,01,สมมติ,ตัวอย่าง,1,05,2520,764\r\n$/);
});
