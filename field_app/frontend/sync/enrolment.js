// Makes a tablet the enumerator's: by username and password, or by the link that the office shows.
import { ask } from './connection.js';

/**
 * @typedef {object} Enrolled
 * @property {string} device_id
 * @property {string} token
 * @property {string} expires_at
 * @property {{id: string, username: string, display_name: string}} enumerator
 * @property {{id: number, public_key: string}} office_key
 */

/** The office did not let the tablet in; `detail` says why, in the language in use. */
export class NotEnrolled extends Error {
  /** @param {import('./connection.js').Answer} answer */
  constructor({ status, code, detail }) {
    super(code ?? `${status}`);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * Sign in, and have this tablet registered.
 *
 * The sign-in itself ends at once: from now on the tablet's own token speaks for it.
 *
 * @returns {Promise<Enrolled>}
 */
export async function enrolWithPassword(username, password, name) {
  const signedIn = await told('/api/v1/tokens', {
    method: 'POST',
    json: { username, password, otp: null },
  });
  const { token } = signedIn;
  try {
    return await told('/api/v1/devices', { method: 'POST', token, json: { name } });
  } finally {
    await ask('/api/v1/tokens/current', { method: 'DELETE', token }).catch(() => {});
  }
}

/** Take up the token of the office's link. @returns {Promise<Enrolled>} */
export async function enrolWithLink(token) {
  return { ...(await told('/api/v1/devices/current', { token })), token };
}

async function told(path, options) {
  const answer = await ask(path, options);
  if (!answer.ok || !answer.body) throw new NotEnrolled(answer);
  return answer.body;
}
