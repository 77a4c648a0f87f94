// The stores of the tablet's database, one step for each version that was ever released.
//
// A step may add stores and indexes and change what is readable. What is sealed cannot be changed
// here: nobody may have typed the PIN. Whoever reads sealed content takes older shapes of it too.

const byArea = { keyPath: 'key', indexes: ['ea_code'] };
const byHousehold = { keyPath: 'key', indexes: ['ea_code', 'household_id'] };
const inLines = { keyPath: 'key', indexes: ['ea_code', 'household_id', ['line', 'at']] };

/**
 * What each version added, the first version first.
 *
 * - `tablet`: readable facts that unlocking needs, by name.
 * - `settings`, `areas`, `households`, `drafts`, `photos`, `corrections`: sealed.
 * - `outbox`: sealed; readable are ids, kinds, times and sizes, to send without opening everything.
 * - `sent`: what the office has: ids, kinds, times and outcomes, never a content.
 * - `questionnaires`: published forms; nothing personal.
 * - `aliases`: which household id the office gave to a dwelling found in the field.
 */
const STEPS = [
  {
    tablet: {},
    settings: { keyPath: 'key' },
    areas: { keyPath: 'key' },
    households: byArea,
    drafts: byArea,
    photos: byHousehold,
    outbox: inLines,
    sent: byHousehold,
    corrections: byArea,
    questionnaires: { keyPath: 'key' },
    aliases: { keyPath: 'key' },
  },
];

/** The version of the database that this program works with. */
export const SCHEMA_VERSION = STEPS.length;

/** Bring a database from the version it has to the present one; whatever it holds stays. */
export function migrate(db, from) {
  for (const step of STEPS.slice(from)) {
    for (const [name, { keyPath, indexes = [] }] of Object.entries(step)) {
      const store = db.createObjectStore(name, { keyPath });
      for (const path of indexes) store.createIndex([path].flat().join('_'), path);
    }
  }
}
