import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf, createKeyedHash } from '../../core/anonymize/hmac-sha256.ts';

const ours = (key: Uint8Array, message: Uint8Array): string =>
  Buffer.from(bytesOf(createKeyedHash(key).hash(message, 0, message.length))).toString('hex');
const theirs = (key: Uint8Array, message: Uint8Array): string =>
  createHmac('sha256', key).update(message).digest('hex');

// RFC 4231, test cases 1–4, 6 and 7.
test.each([
  [
    '0b'.repeat(20),
    Buffer.from('Hi There').toString('hex'),
    'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
  ],
  [
    Buffer.from('Jefe').toString('hex'),
    Buffer.from('what do ya want for nothing?').toString('hex'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  ],
  ['aa'.repeat(20), 'dd'.repeat(50), '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe'],
  [
    '0102030405060708090a0b0c0d0e0f10111213141516171819',
    'cd'.repeat(50),
    '82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b',
  ],
  [
    'aa'.repeat(131),
    Buffer.from('Test Using Larger Than Block-Size Key - Hash Key First').toString('hex'),
    '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
  ],
])('RFC 4231: key %s', (key, message, digest) => {
  expect(ours(Buffer.from(key, 'hex'), Buffer.from(message, 'hex'))).toBe(digest);
});

test('equals the platform for every message length up to four blocks', () => {
  const key = Uint8Array.from({ length: 32 }, (_, i) => i * 7);
  for (let length = 0; length <= 256; length++) {
    const message = Uint8Array.from({ length }, (_, i) => i * 31 + length);
    expect(ours(key, message)).toBe(theirs(key, message));
  }
});

test('equals the platform for any key and message, and for a message inside a larger buffer', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.uint8Array({ maxLength: 500 }), (key, message) => {
      expect(ours(key, message)).toBe(theirs(key, message));
      const around = new Uint8Array(message.length + 20).fill(9);
      around.set(message, 7);
      const hash = createKeyedHash(key);
      hash.hash(around, 0, 3); // what came before leaves no trace
      expect(Buffer.from(bytesOf(hash.hash(around, 7, 7 + message.length))).toString('hex')).toBe(theirs(key, message));
    }),
    { numRuns: 500 },
  );
});
