// Bytes as text and back: UTF-8 for what is read, base64 for what is written into JSON.
const encoder = new TextEncoder();
const decoder = new TextDecoder();
// The argument list of a function is bounded.
const AT_ONCE = 0x8000;

/** The bytes of a text. */
export const bytesOf = (text) => encoder.encode(text);

/** The text of bytes. */
export const textOf = (bytes) => decoder.decode(bytes);

/** `bytes` of chance. */
export const randomBytes = (bytes) => crypto.getRandomValues(new Uint8Array(bytes));

/** Bytes as base64. */
export function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let from = 0; from < bytes.length; from += AT_ONCE) {
    text += String.fromCharCode(...bytes.subarray(from, from + AT_ONCE));
  }
  return btoa(text);
}

/** The bytes that base64 stands for. */
export function fromBase64(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
