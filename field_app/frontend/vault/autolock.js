// Locks the tablet when nobody touches it for a while, or when it shows something else.
import { isUnlocked, lock, vaultChanges } from './vault.js';

const UNTOUCHED_MS = 5 * 60_000;
const HIDDEN_MS = 60_000;
const LOOK_EVERY_MS = 5_000;
const TOUCHES = ['pointerdown', 'keydown', 'input', 'wheel', 'touchmove'];

let touchedAt = Date.now();
let hiddenAt = null;

/** Begin to watch. */
export function watchForIdleness() {
  watch(window);
  vaultChanges.addEventListener('unlocked', noteTouch);
  document.addEventListener('visibilitychange', noteVisibility);
  setInterval(lockWhenDue, LOOK_EVERY_MS);
}

/** Somebody is there. */
function noteTouch() {
  touchedAt = Date.now();
}

/** Touches in a frame do not reach this page: whoever shows one has them noted here. */
export function watchFrame(frame) {
  watch(frame.contentWindow);
}

function watch(target) {
  for (const touch of TOUCHES) {
    target.addEventListener(touch, noteTouch, { capture: true, passive: true });
  }
}

function noteVisibility() {
  // A page that was frozen while it was hidden had no timer: it locks before it is seen again.
  lockWhenDue();
  hiddenAt = document.hidden ? Date.now() : null;
}

function lockWhenDue() {
  const now = Date.now();
  const isHiddenTooLong = hiddenAt !== null && now - hiddenAt >= HIDDEN_MS;
  if (isUnlocked() && (isHiddenTooLong || now - touchedAt >= UNTOUCHED_MS)) lock();
}
