// The way between screens: an address after `#` that stays on the tablet and never reaches the server.
import { RoutesTable } from './routes_table.js';

const table = new RoutesTable();

/** Dispatches `changed` when another screen is asked for. */
export const routeChanges = new EventTarget();

/**
 * Say which screen an address shows.
 *
 * @param {string} pattern `#/household/<id>/visit`; `<id>` becomes `params.id`, as does `?id=…`.
 * @param {(params: Record<string, string>) => import('lit').TemplateResult} draw
 * @param {{title?: () => string, isOpenForm?: boolean}} [about]
 *   The title, asked for again in the other language; whether an interview is open on the screen,
 *   which no update may interrupt.
 */
export function route(pattern, draw, about = {}) {
  table.add(pattern.replace(/^#/, ''), { draw, ...about });
}

/** Show another screen. `replace` leaves the present one out of the way back. */
export function go(hash, { replace = false } = {}) {
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(history.state, '', hash);
  routeChanges.dispatchEvent(new Event('changed'));
}

/** The screen asked for now: its draw function, title and parameters; null for an unknown address. */
export function currentRoute() {
  const found = table.match(location.hash);
  return found && { ...found.meaning, params: found.params };
}

globalThis.addEventListener?.('hashchange', () => {
  routeChanges.dispatchEvent(new Event('changed'));
});
