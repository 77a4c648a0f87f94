// The last resort: a file with everything unsent, which only the office can open. It needs no PIN.
import { database } from '../store/database.js';
import { toBase64 } from '../vault/bytes.js';
import { officeSeal } from '../vault/vault.js';

const FORMAT = 'sammano-tablet-1';
const ENDING = '.sammano';
const WHOLE_STORES = ['outbox', 'drafts'];
const TOKEN = 'token';

/**
 * The file as it stands now.
 *
 * @returns {Promise<{name: string, blob: Blob, count: number}>} `count` is how many records wait in it.
 */
export async function exportFile(now = new Date()) {
  const db = await database();
  const [seal, token, ...stores] = await Promise.all([
    officeSeal(),
    db.get('settings', TOKEN),
    ...WHOLE_STORES.map((name) => db.getAll(name)),
  ]);
  const records = stores.flatMap((found, place) =>
    found.map((record) => asWritten(WHOLE_STORES[place], record)),
  );
  if (token) records.unshift(asWritten('settings', token));
  const content = {
    format: FORMAT,
    device_id: seal.device_id,
    made_at: now.toISOString(),
    office_key_id: seal.office_key_id,
    sealed_key: seal.sealed_key,
    records,
  };
  return {
    name: `${seal.device_id.slice(0, 8)}-${now.toISOString().slice(0, 16).replace(/\D/g, '')}${ENDING}`,
    blob: new Blob([JSON.stringify(content)], { type: 'application/octet-stream' }),
    count: stores[0].length + stores[1].length,
  };
}

/** Give the file to whoever holds the tablet. */
export function save({ name, blob }) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function asWritten(store, { key, iv, data }) {
  return { store, key, iv: toBase64(iv), data: toBase64(data) };
}
