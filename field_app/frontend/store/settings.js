// What the tablet was told once: who it belongs to, its token, the day of the census, where it left off.
import { SealedStore } from './sealed.js';

const settings = new SealedStore('settings');

/** The token with which the tablet speaks to the office. It never leaves this page but to the office. */
export const token = () => settings.get('token');

/**
 * Whose tablet it is.
 *
 * @returns {Promise<{device_id: string, expires_at: string, enumerator: {id: string, username: string,
 *   display_name: string}, office_key: {id: number, public_key: string}}|undefined>}
 */
export const device = () => settings.get('device');

/**
 * What the last workload said beside areas and households.
 *
 * @returns {Promise<{cursor: string, census_day: string, field_period: object|null, messages: object[]}
 *   |undefined>}
 */
export const workload = () => settings.get('workload');

/** Keep the token and whose tablet it is. */
export async function keepDevice({ token: secret, ...device }) {
  await settings.put('token', secret);
  await settings.put('device', device);
}

/** The sealed record of what the last workload said, for the transaction that keeps the workload. */
export const workloadRecord = (content) => settings.record('workload', content);
