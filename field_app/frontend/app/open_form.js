// A household is filled in in one window at a time, and no update comes in between.
import { holdOffUpdates } from './updates.js';

/**
 * Open the form of a household.
 *
 * @param {string} householdId
 * @returns {Promise<{isOurs: boolean, release: () => void}>} Not ours where another window has it.
 */
export function openForm(householdId) {
  return new Promise((resolve) => {
    navigator.locks.request(`sammano.form.${householdId}`, { ifAvailable: true }, (lock) => {
      if (!lock) {
        resolve({ isOurs: false, release: () => {} });
        return undefined;
      }
      const letUpdates = holdOffUpdates();
      return new Promise((close) => {
        const release = () => {
          letUpdates();
          close();
        };
        resolve({ isOurs: true, release });
      });
    });
  });
}
