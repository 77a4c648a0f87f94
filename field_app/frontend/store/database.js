// The database of the tablet: which stores there are, and how an older one becomes the present one.
import { openDB } from 'idb';

import { announce } from './changes.js';
import { SCHEMA_VERSION, migrate } from './schema.js';

const NAME = 'sammano.field';
const TABLET = 'tablet';

/** On the disk before it counts as written: without this, "saved" may be lost with the power. */
const STRICT = { durability: 'strict' };

/** Dispatches `outdated` when another window has a newer schema: this one must be opened again. */
export const databaseChanges = new EventTarget();

let opened;

/** The open database. */
export function database() {
  opened ??= openDB(NAME, SCHEMA_VERSION, {
    upgrade: migrate,
    // Another window needs a newer schema: let go, or it would wait for ever.
    blocking: (_present, _wanted, event) => {
      event.target.close();
      tellOutdated();
    },
    terminated: () => {
      opened = undefined;
    },
  }).catch(giveUp);
  return opened;
}

function giveUp(error) {
  opened = undefined;
  if (error.name === 'VersionError') tellOutdated();
  throw error;
}

function tellOutdated() {
  opened = undefined;
  databaseChanges.dispatchEvent(new Event('outdated'));
}

/**
 * A transaction that is on the disk when its `done` resolves.
 *
 * Whoever seals must have sealed before: a transaction does not wait for anything but itself.
 */
export async function strictly(stores) {
  return (await database()).transaction(stores, 'readwrite', STRICT);
}

/** A fact of the tablet that is not personal and is needed before it is unlocked. */
export async function readTablet(key) {
  return (await database()).get(TABLET, key);
}

/** Write such facts. */
export async function writeTablet(facts) {
  const tx = await strictly(TABLET);
  for (const [key, value] of Object.entries(facts)) tx.store.put(value, key);
  await tx.done;
  for (const key of Object.keys(facts)) announce(TABLET, key);
}

/** Empty the tablet of everything: only for one that holds nothing the office does not have. */
export async function emptyEverything() {
  const db = await database();
  const tx = await strictly([...db.objectStoreNames]);
  for (const name of db.objectStoreNames) tx.objectStore(name).clear();
  await tx.done;
  for (const name of db.objectStoreNames) announce(name, null);
}
