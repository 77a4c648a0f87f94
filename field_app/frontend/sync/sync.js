// Keeps tablet and office in step: sends what waits, takes in what changed, tries again when it failed.
import { changes } from '../store/changes.js';
import { readTablet, writeTablet } from '../store/database.js';
import { token } from '../store/settings.js';
import { Locked, isUnlocked, vaultChanges } from '../vault/vault.js';
import { waitBeforeRetry } from './backoff.js';
import { Unreachable, clockOffset } from './connection.js';
import { sendHeartbeat } from './heartbeat.js';
import { receiveAll } from './receiving.js';
import { sendAll } from './sending.js';
import { Trouble } from './trouble.js';
import { forgetTakenAreas } from './workload.js';

const LOCK = 'sammano.sync';
const KEPT = 'sync';
const EVERY_MS = 4 * 60_000;
/** Tablets that get the network back together do not all speak at once. */
const SPREAD_MS = 3_000;
const SETTLE_MS = 300;
const OVERBURDENED = new Set(['busy', 'failed']);
/** Trying again by itself helps nothing: somebody has to do something. What waits is still sent. */
const ENDED = new Set(['revoked', 'unknown', 'forbidden']);

/** Dispatches `changed` when `state` is another one. */
export const syncChanges = new EventTarget();

/**
 * How things stand between tablet and office.
 *
 * @type {{online: boolean, busy: boolean, last_at: string|null, clock_offset_ms: number,
 *   problem: null|'offline'|'revoked'|'unknown'|'forbidden'|'busy'|'failed'|'nonsense'|'tablet',
 *   retry_at: number|null}}
 */
export const state = {
  online: globalThis.navigator?.onLine ?? false,
  busy: false,
  last_at: null,
  clock_offset_ms: 0,
  problem: null,
  retry_at: null,
};

let running = null;
let isAskedAgain = false;
let failures = 0;
let timer = null;

/** Begin to sync by itself: at start, unlock, new records, the network's return, every few minutes. */
export async function syncByItself() {
  tell((await readTablet(KEPT)) ?? {});
  vaultChanges.addEventListener('unlocked', unlessAskedToWait);
  changes.addEventListener('changed', ({ detail }) => {
    if (isNewHere(detail)) setTimeout(unlessAskedToWait, SETTLE_MS);
  });
  addEventListener('online', () => {
    tell({ online: true });
    setTimeout(unlessAskedToWait, Math.random() * SPREAD_MS);
  });
  addEventListener('offline', () => tell({ online: false }));
  const every = EVERY_MS * (0.75 + Math.random() / 2);
  setInterval(() => document.hidden || unlessAskedToWait(), every);
}

/** Something to send that this window wrote; the window that wrote it sends it. */
const isNewHere = ({ store, key, isElsewhere }) => store === 'outbox' && key && !isElsewhere;

/** An office that has too much to do, or a fault, is asked again when the wait is over. */
function unlessAskedToWait() {
  const isWaiting = OVERBURDENED.has(state.problem) && state.retry_at > Date.now();
  if (!isWaiting) now();
}

/** Sync now; resolves when it is over, whatever came of it. */
export function now() {
  if (running) {
    isAskedAgain = true;
    return running;
  }
  running = untilDone().finally(() => {
    running = null;
  });
  return running;
}

async function untilDone() {
  do {
    isAskedAgain = false;
    // Another window may be at it: the turn comes after it, and finds what it left.
    await navigator.locks.request(LOCK, once);
  } while (isAskedAgain && state.problem === null);
}

async function once() {
  if (!isUnlocked()) return;
  const secret = await token();
  if (!secret) return;
  clearTimeout(timer);
  tell({ busy: true, retry_at: null });
  try {
    await sendAll(secret);
    // Also a tablet that was revoked is heard of.
    await sendHeartbeat(secret);
    await receiveAll(secret);
    await forgetTakenAreas();
    failures = 0;
    tell({ online: true, problem: null, last_at: new Date().toISOString() });
  } catch (error) {
    takeTrouble(error);
  }
  tell({ busy: false });
  await remember();
}

/** What a reload should not forget; a tablet that cannot write has said so already. */
async function remember() {
  const problem = ENDED.has(state.problem) ? state.problem : null;
  await writeTablet({ [KEPT]: { last_at: state.last_at, problem } }).catch(takeTrouble);
}

function takeTrouble(error) {
  if (error instanceof Locked) return;
  const kind = kindOf(error);
  tell({ problem: kind, online: kind === 'offline' ? false : navigator.onLine });
  if (ENDED.has(kind)) return;
  failures += 1;
  soon(waitBeforeRetry(failures, error.wait ?? null));
}

function kindOf(error) {
  if (error instanceof Unreachable) return 'offline';
  if (error instanceof Trouble) return error.kind;
  console.error('the sync failed on the tablet', error.name);
  return 'tablet';
}

/** Try again after a while; of several reasons to, the last one counts. */
function soon(wait) {
  clearTimeout(timer);
  tell({ retry_at: Date.now() + wait });
  timer = setTimeout(now, wait);
}

function tell(facts) {
  Object.assign(state, facts, { clock_offset_ms: clockOffset() });
  syncChanges.dispatchEvent(new Event('changed'));
}
