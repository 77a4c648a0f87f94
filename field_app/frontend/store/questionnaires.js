// The published questionnaires: the version in use now, and those that open drafts were begun with.
import { announce } from './changes.js';
import { database, strictly } from './database.js';

const STORE = 'questionnaires';

/** @typedef {{id: string, version: string, xform: string}} Questionnaire */

/** The version in use now, or undefined before the first sync. @returns {Promise<Questionnaire|undefined>} */
export async function newest(id) {
  const kept = await (await database()).getAll(STORE);
  return kept.find((each) => each.id === id && each.is_current);
}

/** One version, or undefined. @returns {Promise<Questionnaire|undefined>} */
export async function get(id, version) {
  return (await database()).get(STORE, keyOf(id, version));
}

/** The versions that are on the tablet, without the forms themselves. */
export async function versions() {
  const kept = await (await database()).getAll(STORE);
  return kept.map(({ xform: _xform, ...about }) => about);
}

/**
 * Keep what was published. What is no longer in use goes, unless a draft was begun with it.
 *
 * @param {{id: string, version: string, sha256: string, xform?: string}[]} published In order of
 *   publication; `xform` where it is new to the tablet.
 * @param {Set<string>} begun Keys of the versions that drafts need.
 */
export async function keep(published, begun) {
  const inUse = new Map(published.map((each) => [each.id, each.version]));
  const fresh = new Map(published.map((each) => [keyOf(each.id, each.version), each]));
  const tx = await strictly(STORE);
  for (const [key, each] of fresh) {
    const had = await tx.store.get(key);
    const isCurrent = inUse.get(each.id) === each.version;
    if (each.xform || had) tx.store.put({ ...had, ...each, key, is_current: isCurrent });
  }
  for (const key of await tx.store.getAllKeys()) {
    if (!fresh.has(key) && !begun.has(key)) tx.store.delete(key);
    else if (!fresh.has(key)) tx.store.put({ ...(await tx.store.get(key)), is_current: false });
  }
  await tx.done;
  announce(STORE, null);
}

/** The key of a version. */
export const keyOf = (id, version) => `${id}/${version}`;
