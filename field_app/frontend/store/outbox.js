// What is finished and waits for the office. A record leaves only once the office has acknowledged it.
import { toBase64 } from '../vault/bytes.js';
import { isLocalId } from './aliases.js';
import { announce } from './changes.js';
import { database, strictly } from './database.js';
import { withCurrentId } from './drafts.js';
import { households } from './households.js';
import { photoKeysOf } from './photos.js';
import { SealedStore } from './sealed.js';
import { device } from './settings.js';
import { countUnsent } from './unsent.js';

const INSTANCE_ID = /<(?:\w+:)?instanceID>\s*(uuid:[^<\s]+)\s*</;
const FOUND = 'dwelling_found';

export const outbox = new SealedStore('outbox');

/**
 * Finish an interview: its draft becomes a record to send, with its files, all at once or not at all.
 *
 * It is on the disk once this resolves.
 *
 * @param {object} finished
 * @param {import('./drafts.js').Draft} finished.draft
 * @param {string} finished.xml The instance as it is sent.
 * @param {string} finished.mode
 * @param {string} finished.ended_at
 * @param {{name: string, blob: Blob}[]} [finished.files]
 * @returns {Promise<string>} The instance id.
 */
export async function finishForm({ draft: given, xml: text, mode, ended_at: endedAt, files = [] }) {
  const { xml, ...draft } = await withCurrentId({ ...given, xml: text });
  const instanceId = INSTANCE_ID.exec(xml)?.[1] ?? draft.instance_id;
  const body = {
    instance_id: instanceId,
    household_id: draft.household_id,
    mode,
    questionnaire: draft.questionnaire,
    version: draft.version,
    device_id: (await device())?.device_id ?? null,
    started_at: draft.started_at,
    ended_at: endedAt,
    instance: xml,
  };
  const about = { household_id: draft.household_id, ea_code: draft.ea_code, at: endedAt };
  const records = await Promise.all([
    recordOf('submission', instanceId, body, { ...about, type: mode }),
    ...files.map((file) => recordOfFile({ instance_id: instanceId }, file, about)),
  ]);
  const photos = await photoKeysOf(draft.household_id);

  const tx = await strictly(['outbox', 'drafts', 'photos']);
  for (const record of records) tx.objectStore('outbox').put(record);
  tx.objectStore('drafts').delete(draft.household_id);
  for (const key of photos) tx.objectStore('photos').delete(key);
  await tx.done;

  await countUnsent();
  announce('drafts', draft.household_id);
  announce('outbox', instanceId);
  return instanceId;
}

/**
 * Report something from the field. It is on the disk once this resolves.
 *
 * A found dwelling becomes a household of its area at once, under the id of its report.
 *
 * @param {object} action Its `type` and what belongs to it; `at` is now unless it says otherwise.
 * @param {{name: string, blob: Blob}[]} [action.files] What proves it, such as a photo.
 * @returns {Promise<string>} The action id.
 */
export async function addAction({ files = [], ...told }) {
  const actionId = `uuid:${crypto.randomUUID()}`;
  const body = { action_id: actionId, at: new Date().toISOString(), ...told };
  const about = {
    household_id: told.household_id ?? (told.type === FOUND ? actionId : null),
    ea_code: told.ea_code ?? areaOf(told.household_id),
    at: body.at,
  };
  const records = await Promise.all([
    recordOf('action', actionId, body, { ...about, type: told.type }),
    ...files.map((file) => recordOfFile({ action_id: actionId }, file, about)),
  ]);
  const found = told.type === FOUND && (await foundHousehold(actionId, told));

  const tx = await strictly(['outbox', 'households']);
  for (const record of records) tx.objectStore('outbox').put(record);
  if (found) tx.objectStore('households').put(found);
  await tx.done;

  await countUnsent();
  announce('outbox', actionId);
  if (found) announce('households', actionId);
  return actionId;
}

/**
 * How much waits, by kind; what the office refused is counted apart.
 *
 * @returns {Promise<{submissions: number, actions: number, files: number, refused: number}>}
 */
export async function waiting() {
  const records = await headings();
  const of = (kind) => records.filter((record) => record.kind === kind && !record.refused).length;
  return {
    submissions: of('submission'),
    actions: of('action'),
    files: of('file'),
    refused: records.filter((record) => record.refused).length,
  };
}

/**
 * What waits, without what is in it.
 *
 * @returns {Promise<{key: string, kind: string, type: string, household_id: string|null,
 *   ea_code: string|null, at: string, bytes: number, refused?: object}[]>}
 */
export async function headings() {
  const db = await database();
  const found = [];
  const tx = db.transaction('outbox');
  for await (const { value } of tx.store) {
    const { iv: _iv, data: _data, ...heading } = value;
    found.push(heading);
  }
  return found;
}

/** The sealed record of something to send; what is sealed is exactly what goes on the wire. */
export async function recordOf(kind, key, body, about) {
  const record = await outbox.record(key, { kind, body }, { kind, ...about });
  return { ...record, bytes: record.data.byteLength };
}

async function recordOfFile(owner, { name, blob }, about) {
  const ownerId = owner.instance_id ?? owner.action_id;
  const body = {
    ...owner,
    name,
    type: blob.type || 'application/octet-stream',
    base64: toBase64(await blob.arrayBuffer()),
  };
  return recordOf('file', `${ownerId}/${name}`, body, { ...about, type: name, owner: ownerId });
}

function foundHousehold(actionId, { ea_code: eaCode, address, location = null }) {
  const household = {
    id: actionId,
    ea_code: eaCode,
    address,
    disposition: null,
    revision: 0,
    register: {
      house_code: null,
      persons: null,
      position: location && [location.longitude, location.latitude],
      members: [],
    },
    task: 'enumerate',
    reason: null,
    is_found: true,
    responded: false,
    review: 'open',
    mode: null,
    answered_at: null,
    answered_mode: null,
    form_left: null,
    appointment: null,
    visits: 0,
    last_visit: null,
    code_issued_at: null,
    questions: [],
  };
  return households.record(actionId, household, { ea_code: eaCode });
}

const areaOf = (householdId) =>
  householdId && !isLocalId(householdId) ? householdId.split('-')[0] : null;
