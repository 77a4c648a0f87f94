// Tells the office that the tablet is alive and how much it still holds.
import { version } from '../app/updates.js';
import { unsent } from '../store/unsent.js';
import { ask } from './connection.js';

/** Send one heartbeat. It is not kept: the next one says more. */
export async function sendHeartbeat(token) {
  const heartbeat = {
    action_id: `uuid:${crypto.randomUUID()}`,
    type: 'heartbeat',
    at: new Date().toISOString(),
    unsent: await unsent(),
    app_version: await version(),
    battery: await batteryLevel(),
    storage_persisted: (await navigator.storage?.persisted?.()) ?? false,
  };
  await ask('/api/v1/field-actions', { method: 'POST', token, json: { actions: [heartbeat] } });
}

/** From 0 to 1, or null where the tablet does not tell. */
async function batteryLevel() {
  return (await navigator.getBattery?.().catch(() => null))?.level ?? null;
}
