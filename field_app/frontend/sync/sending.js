// Sends what waits: submissions, then their files, then actions in the order of their times, with proof.
import { fromBase64 } from '../vault/bytes.js';
import { headOf, outbox } from '../store/outbox.js';
import { keepAnswers } from './acknowledging.js';
import { fitting } from './batches.js';
import { ask } from './connection.js';
import { takeUpGivenIds } from './given_ids.js';
import { Trouble, troubleOf } from './trouble.js';

const SUBMISSIONS = {
  line: 'submission',
  path: '/api/v1/submissions',
  list: 'submissions',
  id: 'instance_id',
  most: 50,
  bytes: 4_000_000,
};
const ACTIONS = {
  line: 'action',
  path: '/api/v1/field-actions',
  list: 'actions',
  id: 'action_id',
  most: 200,
  bytes: 1_500_000,
};
/** The body as a whole is not taken: half of it may be, and in the end the one record at fault is found. */
const TOO_MUCH_OR_WRONG = new Set([400, 413, 415, 422]);
/** A file is not taken and never will be. */
const FILE_NOT_TAKEN = new Set([400, 404, 413, 415, 422]);
const UNREADABLE = { outcome: 'refused', code: 'tablet.unreadable', detail: null };

/** Send everything that waits. Throws where the office cannot be reached or takes nothing. */
export async function sendAll(token) {
  await takeUpGivenIds();
  // The answer to a found dwelling's report lets go what was held for it.
  while (await sendOnce(token));
}

async function sendOnce(token) {
  const submissions = await sendBatches(SUBMISSIONS, token);
  const files = await sendFiles('file', token);
  const actions = await sendBatches(ACTIONS, token);
  const proof = await sendFiles('proof', token);
  return submissions + files + actions + proof > 0;
}

async function sendBatches(kind, token) {
  let sent = 0;
  let { most } = kind;
  for (;;) {
    const batch = fitting(await headOf(kind.line, most), { ...kind, most });
    if (!batch.length) return sent;
    const { readable, bodies } = await opened(batch);
    if (readable.length) {
      const answer = await ask(kind.path, {
        method: 'POST',
        token,
        json: { [kind.list]: bodies },
        isZipped: true,
      });
      if (!answer.ok && TOO_MUCH_OR_WRONG.has(answer.status) && readable.length > 1) {
        most = Math.ceil(readable.length / 2);
        continue;
      }
      await keepAnswers(readable, answersTo(kind, bodies, answer));
    }
    sent += batch.length;
  }
}

/** What is in the records; one that no longer opens is set aside and keeps nothing from being sent. */
async function opened(batch) {
  const contents = await Promise.all(batch.map((record) => outbox.open(record).catch(() => null)));
  const broken = batch.filter((_record, place) => !contents[place]);
  if (broken.length) await keepAnswers(broken, broken.map(() => UNREADABLE));
  return {
    readable: batch.filter((_record, place) => contents[place]),
    bodies: contents.filter(Boolean).map(({ body }) => body),
  };
}

function answersTo(kind, bodies, answer) {
  if (!answer.ok) {
    if (!TOO_MUCH_OR_WRONG.has(answer.status)) throw troubleOf(answer);
    return [{ outcome: 'refused', code: answer.code, detail: answer.detail }];
  }
  const results = answer.body?.results;
  const isComplete =
    Array.isArray(results) &&
    results.length === bodies.length &&
    results.every((result, place) => isAbout(result, bodies[place][kind.id]));
  // Whatever answers in another way is not the office: a page of a network that asks to sign in.
  if (!isComplete) throw new Trouble('nonsense', answer);
  return results;
}

/** A record that is refused for its id comes back without one; an id may come without its prefix. */
function isAbout(result, id) {
  const told = result?.instance_id ?? result?.action_id;
  return typeof result?.outcome === 'string' && (told == null || bare(told) === bare(id));
}

const bare = (id) => id.toLowerCase().replace(/^uuid:/, '');

async function sendFiles(line, token) {
  let sent = 0;
  for (;;) {
    const [record] = await headOf(line, 1);
    if (!record) return sent;
    await sendFile(record, token);
    sent += 1;
  }
}

async function sendFile(record, token) {
  const { readable, bodies } = await opened([record]);
  if (!readable.length) return;
  const [body] = bodies;
  const form = new FormData();
  form.append('file', new Blob([fromBase64(body.base64)], { type: body.type }), body.name);
  const answer = await ask(addressFor(body), { method: 'POST', token, form });
  await keepAnswers([record], [answerToFile(answer)]);
}

function addressFor({ instance_id: instanceId, action_id: actionId }) {
  return instanceId
    ? `/api/v1/submissions/${encodeURIComponent(instanceId)}/attachments`
    : `/api/v1/field-actions/${encodeURIComponent(actionId)}/attachments`;
}

function answerToFile(answer) {
  const [told] = answer.body?.results ?? [];
  if (told) return told;
  if (FILE_NOT_TAKEN.has(answer.status)) {
    return { outcome: 'refused', code: answer.code, detail: answer.detail };
  }
  throw answer.ok ? new Trouble('nonsense', answer) : troubleOf(answer);
}
