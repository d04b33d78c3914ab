import { createPrivateKey, sign } from 'node:crypto';

import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  canonicalText,
  fingerprintOf,
  isPublicKey,
  isSignedBy,
  newSecret,
  signedText,
  signingKeyOf,
  type JsonValue,
} from '../../../core/release/keys/index.ts';

describe('canonical JSON', () => {
  test.each([
    // RFC 8785, section 3.2.2 and 3.2.3: the RFC's own example.
    [
      {
        numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
        string: '€$\u000f\nA\'B"\\\\"/',
        literals: [null, true, false],
      },
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    ],
    [
      {
        '\u20ac': 'Euro Sign',
        '\r': 'Carriage Return',
        '\ufb33': 'Hebrew Letter',
        '1': 'One',
        '\ud83d\ude00': 'Smile',
        '\u0080': 'Control',
        '\u00f6': 'o',
      },
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","\u00f6":"o","\u20ac":"Euro Sign",' +
        '"\ud83d\ude00":"Smile","\ufb33":"Hebrew Letter"}',
    ],
    [{ '10': 1, '9': 2 }, '{"10":1,"9":2}'],
    [-0, '0'],
  ])('%#', (value, text) => {
    expect(canonicalText(value)).toBe(text);
  });

  test('is read back as the same value, whatever the order of names', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: JsonValue = JSON.parse(json);
        const text = canonicalText(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalText(JSON.parse(text))).toBe(text);
      }),
    );
  });

  test('refuses what JSON cannot say in one way', () => {
    for (const value of [Number.NaN, [Infinity], { a: '\ud800' }, { '\udc00': 1 }]) {
      expect(() => canonicalText(value)).toThrow(expect.objectContaining({ code: 'usage' }));
    }
  });
});

describe('a signing key', () => {
  // RFC 8032, section 7.1, tests 1 and 2.
  test.each([
    [
      '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    ],
    [
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    ],
  ])('of the secret %s has the public key of RFC 8032', (secret, publicKey) => {
    const key = signingKeyOf(Buffer.from(secret, 'hex'));
    expect(Buffer.from(key.publicKey, 'base64url').toString('hex')).toBe(publicKey);
    expect(key.fingerprint).toBe(fingerprintOf(key.publicKey));
  });

  test('signs the text that is written down, and nothing else passes', () => {
    const secret = newSecret();
    const key = signingKeyOf(secret);
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
    const plain = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const value = { b: 1, a: ['x'] };
    expect(signedText('release 1', value)).toBe('nightjar release 1\n{"a":["x"],"b":1}');
    const signature = key.sign('release 1', value);
    expect(signature).toBe(
      sign(null, Buffer.from('nightjar release 1\n{"a":["x"],"b":1}'), plain).toString('base64url'),
    );
    expect(isSignedBy(key.publicKey, signature, 'release 1', { a: ['x'], b: 1 })).toBe(true);
    expect(isSignedBy(key.publicKey, signature, 'ledger 1', value)).toBe(false);
    expect(isSignedBy(key.publicKey, signature, 'release 1', { a: ['x'], b: 2 })).toBe(false);
    expect(isSignedBy(signingKeyOf(newSecret()).publicKey, signature, 'release 1', value)).toBe(false);
    for (let i = 0; i < 64; i++) {
      const changed = Buffer.from(signature, 'base64url');
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(isSignedBy(key.publicKey, changed.toString('base64url'), 'release 1', value)).toBe(false);
    }
    // Another spelling of the same 64 bytes: the last character has four bits that say nothing.
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet[alphabet.indexOf(signature.at(-1) ?? '') ^ 1] ?? '';
    const respelt = `${signature.slice(0, -1)}${last}`;
    expect(Buffer.from(respelt, 'base64url')).toEqual(Buffer.from(signature, 'base64url'));
    expect(isSignedBy(key.publicKey, respelt, 'release 1', value)).toBe(false);
    expect(isSignedBy('', signature, 'release 1', value)).toBe(false);
    expect(isSignedBy(key.publicKey, '', 'release 1', value)).toBe(false);
    expect(isPublicKey(key.publicKey)).toBe(true);
    expect(isPublicKey(`${key.publicKey}=`)).toBe(false);
  });
});
