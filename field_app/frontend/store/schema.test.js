import assert from 'node:assert/strict';
import { test } from 'node:test';

import { SCHEMA_VERSION, migrate } from './schema.js';

/** A database that only remembers which stores and indexes were made. */
function made() {
  const stores = {};
  return {
    stores,
    createObjectStore(name) {
      assert.ok(!(name in stores), `${name} is made twice`);
      stores[name] = [];
      return { createIndex: (index) => stores[name].push(index) };
    },
  };
}

test('a new tablet has every store, with the indexes that finding needs', () => {
  const db = made();

  migrate(db, 0);

  assert.deepEqual(db.stores.outbox, ['ea_code', 'household_id', 'line_at']);
  assert.ok(['tablet', 'settings', 'drafts', 'photos', 'sent'].every((name) => name in db.stores));
});

test('a tablet that is up to date is left as it is', () => {
  const db = made();

  migrate(db, SCHEMA_VERSION);

  assert.deepEqual(db.stores, {});
});
