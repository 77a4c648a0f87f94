// Tells every screen, in every window of the app, that something on the tablet has changed.
const CHANNEL = 'sammano.field.changes';

/**
 * Dispatches `changed` after every write, with `detail: {store, key, isElsewhere}`: `key` is null where
 * many records changed, `isElsewhere` says that another window wrote.
 */
export const changes = new EventTarget();

// In Node a channel would keep a test from ending.
const channel = globalThis.document && new BroadcastChannel(CHANNEL);

/** Say that something was written: here at once, and in the other windows. */
export function announce(store, key) {
  channel?.postMessage({ store, key });
  dispatch({ store, key, isElsewhere: false });
}

function dispatch(detail) {
  changes.dispatchEvent(new CustomEvent('changed', { detail }));
}

channel?.addEventListener('message', ({ data }) => dispatch({ ...data, isElsewhere: true }));
