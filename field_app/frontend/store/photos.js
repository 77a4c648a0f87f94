// Photos of an interview that is not finished yet.
import { currentId, writeUnderCurrentId } from './aliases.js';
import { announce } from './changes.js';
import { database } from './database.js';
import { SealedStore } from './sealed.js';

export const photos = new SealedStore('photos');

/** Keep a photo; on the disk once this resolves. */
export async function put(householdId, name, blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  const id = await writeUnderCurrentId(householdId, ['photos'], async (current) => {
    const record = await photos.recordOfBytes(keyOf(current, name), bytes, {
      household_id: current,
      ea_code: current.split('-')[0],
      type: blob.type,
    });
    return (tx) => tx.objectStore('photos').put(record);
  });
  announce('photos', keyOf(id, name));
}

/** A photo, or undefined. @returns {Promise<Blob|undefined>} */
export async function get(householdId, name) {
  const record = await photos.sealed(keyOf(await currentId(householdId), name));
  return record && new Blob([await photos.openBytes(record)], { type: record.type });
}

/** Throw a photo away. */
export async function remove(householdId, name) {
  await photos.remove(keyOf(await currentId(householdId), name));
}

/** The keys of the photos of a household. */
export async function photoKeysOf(householdId) {
  return (await database()).getAllKeysFromIndex('photos', 'household_id', householdId);
}

/** The key of a photo in the store. */
export const keyOf = (householdId, name) => `${householdId}/${name}`;
