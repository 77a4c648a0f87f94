// The keys of a tablet: one that seals what is personal, itself sealed by the PIN and for the office.
import { bytesOf, fromBase64, randomBytes, toBase64 } from './bytes.js';

export const ITERATIONS = 600_000;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const IV_BYTES = 12;
const AES = 'AES-GCM';
const CURVE = { name: 'ECDH', namedCurve: 'P-256' };
const FOR_THE_PIN = bytesOf('sammano-tablet-pin-1');
const FOR_THE_OFFICE = bytesOf('sammano-tablet-1');

const subtle = globalThis.crypto.subtle;

/** The bytes of a new data key. */
export const newDataKey = () => randomBytes(KEY_BYTES);

/** A data key that can be used but not read out again. */
export function usable(raw) {
  return subtle.importKey('raw', raw, AES, false, ['encrypt', 'decrypt']);
}

/** Seal bytes. `about` is what they are sealed as: they open as nothing else. */
export async function sealBytes(key, bytes, about) {
  const iv = randomBytes(IV_BYTES);
  const data = await subtle.encrypt({ name: AES, iv, additionalData: about }, key, bytes);
  return { iv, data: new Uint8Array(data) };
}

/** The bytes that were sealed; rejects where the key is another, or a bit has changed. */
export async function openBytes(key, { iv, data }, about) {
  return new Uint8Array(
    await subtle.decrypt({ name: AES, iv, additionalData: about }, key, data),
  );
}

/**
 * Seal a data key with a PIN.
 *
 * @returns {Promise<{salt: Uint8Array, iterations: number, iv: Uint8Array, data: Uint8Array}>}
 */
export async function sealWithPin(raw, pin, iterations = ITERATIONS) {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyFromPin(pin, salt, iterations);
  return { salt, iterations, ...(await sealBytes(key, raw, FOR_THE_PIN)) };
}

/** The bytes of the data key, or null when the PIN is wrong. */
export async function openWithPin(sealed, pin) {
  const key = await keyFromPin(pin, sealed.salt, sealed.iterations);
  return openBytes(key, sealed, FOR_THE_PIN).catch(() => null);
}

/**
 * Seal a data key so that only the office can open it: the way in when the PIN is forgotten.
 *
 * @param {Uint8Array} raw
 * @param {string} officeKey The office's public key: base64 of an uncompressed point on P-256.
 * @param {string} deviceId What the key is sealed as.
 * @returns {Promise<{ephemeral_public_key: string, iv: string, data: string}>} All in base64.
 */
export async function sealForOffice(raw, officeKey, deviceId) {
  const theirs = await subtle.importKey('raw', fromBase64(officeKey), CURVE, false, []);
  const mine = await subtle.generateKey(CURVE, false, ['deriveBits']);
  const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, mine.privateKey, 256);
  const sealed = await sealBytes(await keyFromSecret(secret), raw, bytesOf(deviceId));
  return {
    ephemeral_public_key: toBase64(await subtle.exportKey('raw', mine.publicKey)),
    iv: toBase64(sealed.iv),
    data: toBase64(sealed.data),
  };
}

/** The key that both sides find from what they share. */
export async function keyFromSecret(secret) {
  const shared = await subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: FOR_THE_OFFICE },
    shared,
    { name: AES, length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

async function keyFromPin(pin, salt, iterations) {
  const secret = await subtle.importKey('raw', bytesOf(pin), 'PBKDF2', false, ['deriveKey']);
  return subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    secret,
    { name: AES, length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
