// The identity of an entry of a list, made of what it stands for: the same on the tablet and at the office.

const NAMESPACE = '6f5f8a0e-4b1f-5c57-9d0c-8f0e2b8f9c11';
const UUID_BYTES = 16;
const GROUPS = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/;

/** The UUID (version 5) of a key. @returns {Promise<string>} */
export async function entityId(key) {
  const named = new Uint8Array([...bytesOf(NAMESPACE), ...new TextEncoder().encode(key)]);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-1', named)).slice(0, UUID_BYTES);
  digest[6] = (digest[6] & 0x0f) | 0x50;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(GROUPS, '$1-$2-$3-$4-$5');
}

const bytesOf = (uuid) => uuid.match(/[0-9a-f]{2}/g).map((pair) => Number.parseInt(pair, 16));
