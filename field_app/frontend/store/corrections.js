// What was answered before, for the households that the supervisor returned.
import { SealedStore } from './sealed.js';

export const corrections = new SealedStore('corrections');

/**
 * What is to be corrected at a household, or undefined while it has not arrived.
 *
 * @returns {Promise<{household_id: string, instance_id: string, instance: string, reason: string,
 *   questions: string[]}|undefined>}
 */
export const get = (householdId) => corrections.get(householdId);
