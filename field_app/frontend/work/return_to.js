/** The way back to a page that lies behind, without leaving what was done since in the way. */

import { go } from '../app/router.js';

/**
 * Go back to a page if it was visited before, over whatever came after it; else show it instead.
 *
 * After a visit is noted, "back" must not lead into the page where it was noted.
 */
export function returnTo(hash) {
  const { navigation } = globalThis;
  const before = navigation?.entries().slice(0, navigation.currentEntry.index) ?? [];
  const there = before.findLast(({ url }) => url && new URL(url).hash === hash);
  if (there) navigation.traverseTo(there.key);
  else go(hash, { replace: true });
}
