import assert from 'node:assert/strict';
import { test } from 'node:test';

import { bytesOf, fromBase64, textOf, toBase64 } from './bytes.js';
import * as keys from './keys.js';

const FEW = 1_000;
const ABOUT = bytesOf('drafts/22001011001-0001');
const { subtle } = globalThis.crypto;

test('what is sealed opens with the same key, as the same record, and not otherwise', async () => {
  const key = await keys.usable(keys.newDataKey());
  const sealed = await keys.sealBytes(key, bytesOf('นางทองดี'), ABOUT);

  assert.equal(textOf(await keys.openBytes(key, sealed, ABOUT)), 'นางทองดี');
  await assert.rejects(keys.openBytes(key, sealed, bytesOf('drafts/22001011001-0002')));
  await assert.rejects(keys.openBytes(await keys.usable(keys.newDataKey()), sealed, ABOUT));
  sealed.data[0] ^= 1;
  await assert.rejects(keys.openBytes(key, sealed, ABOUT));
});

test('the same content is never sealed to the same bytes', async () => {
  const key = await keys.usable(keys.newDataKey());

  const [one, other] = await Promise.all(
    [1, 2].map(() => keys.sealBytes(key, bytesOf('1'), ABOUT)),
  );

  assert.notDeepEqual(one.iv, other.iv);
  assert.notDeepEqual(one.data, other.data);
});

test('the data key cannot be read out of the page', async () => {
  const key = await keys.usable(keys.newDataKey());

  assert.equal(key.extractable, false);
  await assert.rejects(subtle.exportKey('raw', key));
});

test('the PIN opens the data key, and another PIN does not', async () => {
  const raw = keys.newDataKey();
  const sealed = await keys.sealWithPin(raw, '271828', FEW);

  assert.deepEqual(await keys.openWithPin(sealed, '271828'), raw);
  assert.equal(await keys.openWithPin(sealed, '271829'), null);
});

test('guessing a PIN costs at least 600,000 rounds each time', () => {
  assert.ok(keys.ITERATIONS >= 600_000);
});

test('the office opens the data key with its own, and only for this tablet', async () => {
  const office = await subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, [
    'deriveBits',
  ]);
  const publicKey = toBase64(await subtle.exportKey('raw', office.publicKey));
  const raw = keys.newDataKey();

  const sealed = await keys.sealForOffice(raw, publicKey, 'tablet-17');

  const theirs = await subtle.importKey(
    'raw',
    fromBase64(sealed.ephemeral_public_key),
    { name: 'ECDH', namedCurve: 'P-256' },
    false,
    [],
  );
  const secret = await subtle.deriveBits({ name: 'ECDH', public: theirs }, office.privateKey, 256);
  const key = await keys.keyFromSecret(secret);
  const read = { iv: fromBase64(sealed.iv), data: fromBase64(sealed.data) };
  assert.deepEqual(await keys.openBytes(key, read, bytesOf('tablet-17')), raw);
  await assert.rejects(keys.openBytes(key, read, bytesOf('tablet-18')));
});

test('bytes become base64 and come back, however many they are', () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, place) => place % 251);

  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});
