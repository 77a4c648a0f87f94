// The vault: holds the data key while the tablet is unlocked, in the memory of this page and nowhere else.
import { readTablet, writeTablet } from '../store/database.js';
import { bytesOf, textOf } from './bytes.js';
import * as keys from './keys.js';
import { waitLeft } from './rules.js';

const LOCK = 'lock';
const OFFICE = 'office';
const NO_TRIES = { failures: 0, failed_at: null };
const LONGEST_FAREWELL_MS = 2_000;

/** Dispatches `unlocked` and `locked`. */
export const vaultChanges = new EventTarget();

let dataKey = null;
const farewells = new Set();

/** The vault is locked: nothing personal can be read or written. */
export class Locked extends Error {}

/** Whether a PIN was ever chosen on this tablet. */
export async function isSetUp() {
  return Boolean(await readTablet(LOCK));
}

/** Whether what is sealed can be read now. */
export function isUnlocked() {
  return dataKey !== null;
}

/**
 * Make the data key, seal it with the PIN and for the office, and unlock.
 *
 * @param {string} pin
 * @param {{device_id: string, office_key: {id: number, public_key: string}}} device
 */
export async function setUp(pin, device) {
  const raw = keys.newDataKey();
  const [sealed, office] = await Promise.all([
    keys.sealWithPin(raw, pin),
    sealedForOffice(raw, device),
  ]);
  await writeTablet({ [LOCK]: { ...sealed, ...NO_TRIES }, [OFFICE]: office });
  await take(raw);
}

/**
 * Unlock with the PIN.
 *
 * A try is counted before it is made, so that a reload takes none back.
 *
 * @returns {Promise<{isOpen: boolean, wait: number}>} How long to wait before the next try, in milliseconds.
 */
export async function unlock(pin) {
  const raw = await rawKey(pin);
  if (raw) await take(raw);
  return { isOpen: Boolean(raw), wait: await waitingTime() };
}

/** How long nobody may try, in milliseconds. */
export async function waitingTime() {
  const lock = await readTablet(LOCK);
  return lock ? waitLeft(lock, Date.now()) : 0;
}

/** Seal the data key with another PIN. False where the present one is wrong. */
export async function changePin(present, wanted) {
  const raw = await rawKey(present);
  if (!raw) return false;
  await writeTablet({ [LOCK]: { ...(await keys.sealWithPin(raw, wanted)), ...NO_TRIES } });
  raw.fill(0);
  return true;
}

/** Seal the data key for the office anew, after the tablet was set up a second time. */
export async function changeDevice(pin, device) {
  const raw = await rawKey(pin);
  if (!raw) return false;
  await writeTablet({ [OFFICE]: await sealedForOffice(raw, device) });
  raw.fill(0);
  return true;
}

/** What goes into a file for the office: the tablet's id and the data key sealed for the office. */
export function officeSeal() {
  return readTablet(OFFICE);
}

/**
 * Do something before the tablet locks, such as saving what was typed last.
 *
 * @param {() => Promise<void>|void} farewell
 * @returns {() => void} Call it when there is nothing to do any more.
 */
export function beforeLock(farewell) {
  farewells.add(farewell);
  return () => farewells.delete(farewell);
}

/** Forget the data key, after what was typed last is saved. */
export async function lock() {
  if (!dataKey) return;
  const saved = Promise.allSettled([...farewells].map(async (farewell) => farewell()));
  await Promise.race([saved, new Promise((done) => setTimeout(done, LONGEST_FAREWELL_MS))]);
  dataKey = null;
  vaultChanges.dispatchEvent(new Event('locked'));
}

/** Seal bytes as the content of one record of one store. */
export function sealBytes(store, key, bytes) {
  return keys.sealBytes(present(), bytes, aboutRecord(store, key));
}

/** The bytes of a sealed record. */
export function openBytes(store, key, sealed) {
  return keys.openBytes(present(), sealed, aboutRecord(store, key));
}

/** Seal anything that JSON can say as the content of one record of one store. */
export function seal(store, key, content) {
  return sealBytes(store, key, bytesOf(JSON.stringify(content)));
}

/** The content of a sealed record. */
export async function open(store, key, sealed) {
  return JSON.parse(textOf(await openBytes(store, key, sealed)));
}

const aboutRecord = (store, key) => bytesOf(`${store}/${key}`);

function present() {
  if (!dataKey) throw new Locked('the tablet is locked');
  return dataKey;
}

async function take(raw) {
  dataKey = await keys.usable(raw);
  raw.fill(0);
  vaultChanges.dispatchEvent(new Event('unlocked'));
}

async function rawKey(pin) {
  const lock = await readTablet(LOCK);
  if (waitLeft(lock, Date.now()) > 0) return null;
  await writeTablet({ [LOCK]: { ...lock, failures: lock.failures + 1, failed_at: Date.now() } });
  const raw = await keys.openWithPin(lock, pin);
  if (raw) await writeTablet({ [LOCK]: { ...lock, ...NO_TRIES } });
  return raw;
}

async function sealedForOffice(raw, { device_id: deviceId, office_key: officeKey }) {
  return {
    device_id: deviceId,
    office_key_id: officeKey.id,
    sealed_key: await keys.sealForOffice(raw, officeKey.public_key, deviceId),
  };
}
