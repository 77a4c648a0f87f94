// New versions of the app: they wait until no form is open in any window, and are never in the way.
const WORKER = './sw.js';
const FORM_LOCK = 'sammano.form';
const LOOK_EVERY_MS = 30 * 60_000;
const UNKNOWN = '';

/** Dispatches `changed` when a new version waits. */
export const updateChanges = new EventTarget();

let registration = null;
let openForms = 0;
let isOvertaken = false;

/** Have the app kept on the tablet, and look for new versions from time to time. */
export async function keepUpToDate() {
  if (!navigator.serviceWorker) return;
  let hadWorker = Boolean(navigator.serviceWorker.controller);
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker only begins to keep files; a later one is another version of this page.
    if (hadWorker) startAnew();
    hadWorker = true;
  });
  registration = await navigator.serviceWorker.register(WORKER, { updateViaCache: 'none' });
  registration.addEventListener('updatefound', () => watch(registration.installing));
  if (registration.waiting) say();
  setInterval(lookForUpdate, LOOK_EVERY_MS);
  // What is not needed to begin comes once the app runs, before it is missed where there is no network.
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage('keep-rest');
}

/** Ask the office whether there is a new version. */
export async function lookForUpdate() {
  // Without a network there is none, which is no fault.
  await registration?.update().catch(() => {});
}

/** Whether a new version waits. */
export function isUpdateWaiting() {
  return Boolean(registration?.waiting && navigator.serviceWorker.controller);
}

/**
 * Let the new version take over; every window then starts anew with it.
 *
 * @returns {Promise<boolean>} False where a form is open in some window: then nothing happens.
 */
export async function takeOver() {
  if (!isUpdateWaiting()) return false;
  return navigator.locks.request(FORM_LOCK, { ifAvailable: true }, (isFree) => {
    if (!isFree) return false;
    registration.waiting.postMessage('take-over');
    return true;
  });
}

/** Hold off updates while a form is open. @returns {() => void} Call it when the form is closed. */
export function holdOffUpdates() {
  let release;
  const isOver = new Promise((resolve) => {
    release = resolve;
  });
  openForms += 1;
  navigator.locks.request(FORM_LOCK, { mode: 'shared' }, () => isOver);
  return () => {
    openForms -= 1;
    release();
    if (isOvertaken) startAnew();
  };
}

/** The version of the app that runs, or nothing before it is kept on the tablet. */
export async function version() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return UNKNOWN;
  const { port1, port2 } = new MessageChannel();
  const told = new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, 2_000, UNKNOWN);
  });
  worker.postMessage('version', [port2]);
  return told;
}

function watch(worker) {
  worker?.addEventListener('statechange', () => worker.state === 'installed' && say());
}

function say() {
  updateChanges.dispatchEvent(new Event('changed'));
}

/** Another window let the new version in; here a form that was just opened is finished first. */
function startAnew() {
  isOvertaken = true;
  if (!openForms) location.reload();
}
