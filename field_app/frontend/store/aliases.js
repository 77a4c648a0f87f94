// A dwelling found in the field goes by its report's id until the office gives it a household id.
import { database } from './database.js';

const STORE = 'aliases';
const LOCAL_ID = /^uuid:/;

/** Whether the id was made on this tablet and is not yet the office's. */
export function isLocalId(id) {
  return LOCAL_ID.test(id ?? '');
}

/** The household id to use: the office's where it has given one. */
export async function currentId(id) {
  if (!isLocalId(id)) return id;
  return (await aliasOf(id))?.household_id ?? id;
}

/** What the office answered to the report of a found dwelling, or undefined while it has not. */
export async function aliasOf(id) {
  return (await database()).get(STORE, id);
}

/** A text in which the dwelling's local id stands, with the office's in its place. */
export function withId(text, local, given) {
  return text.replaceAll(local, given);
}
