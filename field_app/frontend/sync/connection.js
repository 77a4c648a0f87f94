// Speaks to the office: one request at a time, with the tablet's token, zipped, and never for ever.
import { language } from '../app/language.js';
import { askedWait } from './backoff.js';
import { offsetOf } from './clock.js';

const LONGEST_MS = 90_000;

let offset = 0;

/** How far the tablet's clock is ahead of the office's, as the last answer told; in milliseconds. */
export const clockOffset = () => offset;

/** The office could not be reached: no network, no answer in time. */
export class Unreachable extends Error {}

/**
 * What the office answered.
 *
 * @typedef {object} Answer
 * @property {number} status
 * @property {boolean} ok
 * @property {any} body What the JSON says; null where there is none.
 * @property {string} text The body as text, where it is no JSON.
 * @property {string|null} code The code of a refusal.
 * @property {string|null} detail Its sentence.
 * @property {number|null} wait How long the office asks to wait, in milliseconds.
 */

/**
 * Ask the office.
 *
 * @param {string} path
 * @param {{method?: string, token?: string, json?: object, form?: FormData, isZipped?: boolean}} [options]
 * @returns {Promise<Answer>}
 */
export async function ask(path, { method = 'GET', token, json, form, isZipped = false } = {}) {
  const headers = { 'Accept-Language': language() };
  if (token) headers.Authorization = `Bearer ${token}`;
  let body = form;
  if (json !== undefined) {
    headers['Content-Type'] = 'application/json';
    body = JSON.stringify(json);
    if (isZipped) {
      headers['Content-Encoding'] = 'gzip';
      body = await zipped(body);
    }
  }
  const askedAt = Date.now();
  const response = await fetch(path, {
    method,
    headers,
    body,
    // The token says who this is; a cookie of an office page in the same browser must not.
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    signal: AbortSignal.timeout(LONGEST_MS),
  }).catch(unreachable);
  const text = await response.text().catch(unreachable);
  offset = offsetOf(response.headers.get('Date'), askedAt, Date.now()) ?? offset;
  return answerOf(response, text);
}

function unreachable(error) {
  throw new Unreachable('no answer from the office', { cause: error });
}

function answerOf(response, text) {
  const { status, ok, headers } = response;
  const isJson = /[/+]json\b/.test(headers.get('Content-Type') ?? '');
  const body = isJson ? parsed(text) : null;
  return {
    status,
    ok,
    body,
    text,
    code: body?.code ?? null,
    detail: body?.detail ?? body?.title ?? null,
    wait: askedWait(headers.get('Retry-After')),
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

async function zipped(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Response(stream).blob();
}
