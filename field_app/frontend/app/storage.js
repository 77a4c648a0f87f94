// How safely the tablet keeps what the app writes, and how much room there is.

/** Ask that nothing is cleared away when room is short. @returns {Promise<boolean>} The answer. */
export async function askForLastingStorage() {
  const { storage } = navigator;
  if (!storage?.persist) return false;
  return (await storage.persisted()) || storage.persist();
}

/**
 * What the browser says of its storage.
 *
 * @returns {Promise<{isLasting: boolean, used: number|null, free: number|null}>} Bytes.
 */
export async function storageStanding() {
  const { storage } = navigator;
  const [isLasting, estimate] = await Promise.all([
    storage?.persisted?.() ?? false,
    storage?.estimate?.() ?? {},
  ]);
  const { usage = null, quota = null } = estimate;
  return { isLasting, used: usage, free: quota === null ? null : quota - (usage ?? 0) };
}
