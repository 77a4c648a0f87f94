// A published form made ready to be opened, and the engine warmed up with it.
import { Description } from './description.js';
import { editsOf } from './doubts.js';
import { answer, openForm } from './engine.js';
import { lean } from './lean.js';
import { PERSONS } from './steps.js';
import { parsed } from './xform.js';

const OCCUPANCY = '/data/h02';
const OCCUPIED = '1';
const REHEARSED_PERSONS = 4;

let last = null;

/**
 * What is read of a form before it is opened; read once for every form.
 *
 * @param {string} xform as published
 * @returns {{xform: string, description: Description, edits: object[], lean: string}}
 */
export function prepared(xform) {
  if (last?.xform === xform) return last;
  const document = parsed(xform);
  const description = new Description(document);
  const edits = editsOf(document, description.paths);
  last = { xform, description, edits, lean: lean(document) };
  return last;
}

/**
 * Open an empty form and leave it, so that the browser has translated the engine's program before
 * somebody waits for it.
 */
export async function rehearse(xform) {
  const form = await openForm({ xform: prepared(xform).lean, lists: {}, how: 'new', device_id: '' }, () => {});
  const occupancy = form.node(OCCUPANCY);
  if (!occupancy || !form.node(PERSONS)) return;
  answer(occupancy, OCCUPIED);
  for (let person = 0; person < REHEARSED_PERSONS; person += 1) form.addEntry(PERSONS);
}
