// Keeps the app itself on the tablet, so that it opens without a network. It never sees an answer.
const VERSION = '__VERSION__';
const FIRST = '__FIRST__';
const LATER = '__LATER__';

const PREFIX = 'sammano-field-';
const CACHE = `${PREFIX}${VERSION}`;
const addressOf = (file) => new URL(file, self.registration.scope).href;
const FIRST_ADDRESSES = FIRST.map(addressOf);
const LATER_ADDRESSES = LATER.map(addressOf);
const OURS = new Set([...FIRST_ADDRESSES, ...LATER_ADDRESSES]);

self.addEventListener('install', (event) => {
  // It does not take over by itself: the page says when no form is open.
  event.waitUntil(keepAll(FIRST_ADDRESSES));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(forgetOlder().then(() => self.clients.claim()));
});

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting();
  if (event.data === 'version') event.ports[0].postMessage(VERSION);
  // Without a network it is tried again at the next start.
  if (event.data === 'keep-rest') event.waitUntil(keepAll(LATER_ADDRESSES).catch(() => {}));
});

self.addEventListener('fetch', (event) => {
  const { method, url } = event.request;
  const address = url.split(/[?#]/, 1)[0];
  if (method === 'GET' && OURS.has(address)) event.respondWith(kept(address, event.request));
});

async function keepAll(addresses) {
  const cache = await caches.open(CACHE);
  await Promise.all(addresses.map((address) => keep(cache, address)));
}

/** A built file's name changes with its content, so the one an older version kept is as good. */
async function keep(cache, address) {
  const had = address.includes('/dist/assets/') && (await caches.match(address));
  const answer = had || (await fetch(address, { cache: 'no-cache', credentials: 'omit' }));
  if (!answer.ok || answer.redirected) throw new Error(`${answer.status} for a file of the app`);
  await cache.put(address, answer);
}

async function forgetOlder() {
  const names = await caches.keys();
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? fetch(request);
}
