// A household is filled in in one window at a time, and no update comes in between.
import { holdOffUpdates } from './updates.js';

/** A window that is just leaving the household may do so. */
const PATIENCE_MS = 1_500;

/**
 * Open the form of a household.
 *
 * @param {string} householdId
 * @returns {Promise<{isOurs: boolean, release: () => void}>} Not ours where another window has it.
 */
export function openForm(householdId) {
  return new Promise((resolve) => {
    const hold = () => {
      const letUpdates = holdOffUpdates();
      return new Promise((close) => {
        const release = () => {
          letUpdates();
          close();
        };
        resolve({ isOurs: true, release });
      });
    };
    navigator.locks
      .request(`sammano.form.${householdId}`, { signal: AbortSignal.timeout(PATIENCE_MS) }, hold)
      .catch(() => resolve({ isOurs: false, release: () => {} }));
  });
}
