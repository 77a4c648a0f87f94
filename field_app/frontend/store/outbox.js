// What is finished and waits for the office. A record leaves only once the office has acknowledged it.
import { toBase64 } from '../vault/bytes.js';
import { aliasOf, writeUnderCurrentId } from './aliases.js';
import { announce } from './changes.js';
import { database } from './database.js';
import { underId } from './drafts.js';
import { FOUND, recordsOfFound } from './found.js';
import { photoKeysOf } from './photos.js';
import { SealedStore } from './sealed.js';
import { device } from './settings.js';
import { countUnsent } from './unsent.js';

/**
 * The lines in which records wait: each kind with its own, the proof of an action after the action,
 * `held` what needs a household id that the office has not given yet, `refused` what it will not take.
 */
const LINES = ['submission', 'action', 'file', 'proof', 'held', 'refused'];
/** A line that is not sent: what is in it can still be taken back. */
export const UNDOABLE = 'undoable';
const LINE = 'line_at';
const inLine = (line) => IDBKeyRange.bound([line, ''], [line, '\uffff']);

const INSTANCE_ID = /<(?:\w+:)?instanceID>\s*(uuid:[^<\s]+)\s*</;

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
export async function finishForm({ draft, xml, mode, ended_at: endedAt, files = [] }) {
  const instanceId = INSTANCE_ID.exec(xml)?.[1] ?? draft.instance_id;
  const deviceId = (await device())?.device_id ?? null;
  const stores = ['outbox', 'drafts', 'photos'];
  const householdId = await writeUnderCurrentId(draft.household_id, stores, async (id) => {
    const line = await lineFor(id);
    const about = { household_id: id, ea_code: draft.ea_code, at: endedAt };
    const body = {
      instance_id: instanceId,
      household_id: id,
      mode,
      questionnaire: draft.questionnaire,
      version: draft.version,
      device_id: deviceId,
      started_at: draft.started_at,
      ended_at: endedAt,
      instance: underId({ ...draft, xml }, id).xml,
    };
    const records = await Promise.all([
      recordOf('submission', instanceId, body, { ...about, type: mode, ...line('submission') }),
      ...files.map((file) =>
        recordOfFile({ instance_id: instanceId }, file, { ...about, ...line('file') }),
      ),
    ]);
    const photos = await photoKeysOf(id);
    return (tx) => {
      for (const record of records) tx.objectStore('outbox').put(record);
      tx.objectStore('drafts').delete(id);
      for (const key of photos) tx.objectStore('photos').delete(key);
    };
  });
  await countUnsent();
  announce('drafts', householdId);
  announce('outbox', instanceId);
  return instanceId;
}

/**
 * Report something from the field. It is on the disk once this resolves.
 *
 * A found dwelling becomes a household of its area at once; `householdFoundBy` says which.
 *
 * @param {object} action Its `type` and what belongs to it; `at` is now unless it says otherwise.
 * @param {{name: string, blob: Blob}[]} [action.files] What proves it, such as a photo.
 * @param {boolean} [action.isUndoable] Kept back until `letGo`; `takeBack` forgets it.
 * @returns {Promise<string>} The action id.
 */
export async function addAction({ files = [], isUndoable = false, ...told }) {
  const actionId = `uuid:${crypto.randomUUID()}`;
  const found = told.type === FOUND && (await recordsOfFound(actionId, told));
  const stores = ['outbox', 'households'];
  await writeUnderCurrentId(told.household_id, stores, async (id) => {
    const body = { action_id: actionId, at: new Date().toISOString(), ...told };
    if (id) body.household_id = id;
    const line = isUndoable ? undoable : await lineFor(id);
    const about = {
      household_id: id ?? (found ? found.alias.key : null),
      ea_code: told.ea_code ?? id?.split('-')[0] ?? null,
      at: body.at,
    };
    const records = await Promise.all([
      recordOf('action', actionId, body, { ...about, type: told.type, ...line('action') }),
      ...files.map((file) =>
        recordOfFile({ action_id: actionId }, file, { ...about, ...line('proof') }),
      ),
    ]);
    return (tx) => {
      for (const record of records) tx.objectStore('outbox').put(record);
      if (!found) return;
      tx.objectStore('households').put(found.household);
      tx.objectStore('aliases').put(found.alias);
    };
  });
  await countUnsent();
  announce('outbox', actionId);
  if (found) announce('households', found.alias.key);
  return actionId;
}

/**
 * How much waits, by kind; what the office refused, and so is not sent again, is counted apart.
 *
 * @returns {Promise<{submissions: number, actions: number, files: number, refused: number}>}
 */
export async function waiting() {
  const index = (await database()).transaction('outbox').store.index(LINE);
  const [held, ...counts] = await Promise.all([
    index.getAll(inLine('held')),
    ...LINES.map((line) => index.count(inLine(line))),
  ]);
  const inAll = Object.fromEntries(LINES.map((line, place) => [line, counts[place]]));
  // What is held for a number of the office is counted as what it is.
  for (const { usual_line: usual } of held) inAll[usual] += 1;
  const { submission, action, file, proof, refused } = inAll;
  return { submissions: submission, actions: action, files: file + proof, refused };
}

/** The sealed records at the head of a line, the oldest first. */
export async function headOf(line, most) {
  return (await database()).getAllFromIndex('outbox', LINE, inLine(line), most);
}

/**
 * What waits, without what is in it; the oldest first.
 *
 * @typedef {object} Heading
 * @property {string} key
 * @property {'submission'|'action'|'file'} kind
 * @property {string} type
 * @property {string} line In which line it waits.
 * @property {string|null} household_id
 * @property {string|null} ea_code
 * @property {string} at
 * @property {number} bytes
 * @property {string} [owner] Whose file it is.
 * @property {{code: string, detail: string, at: string}} [refused]
 *
 * @returns {Promise<Heading[]>}
 */
export async function headings() {
  const found = [];
  const tx = (await database()).transaction('outbox');
  for await (const { value } of tx.store) {
    const { iv: _iv, data: _data, ...heading } = value;
    found.push(heading);
  }
  return found.sort((one, other) => (one.at < other.at ? -1 : 1));
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

const undoable = (usual) => ({ line: UNDOABLE, usual_line: usual });

/** In which line something of a household waits: held while the office has not given its id. */
async function lineFor(householdId) {
  const alias = await aliasOf(householdId);
  const isHeld = alias && !alias.is_answered;
  return (usual) => ({ line: isHeld ? 'held' : usual, usual_line: usual });
}
