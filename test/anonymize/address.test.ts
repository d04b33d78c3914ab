import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPrefixPreserver, formatAddress, parseAddress, truncateAddress } from '../../core/anonymize/address.ts';

const bits = (bytes: Uint8Array): string => [...bytes].map((b) => b.toString(2).padStart(8, '0')).join('');
const sharedPrefix = (a: Uint8Array, b: Uint8Array): number => {
  const [x, y] = [bits(a), bits(b)];
  let i = 0;
  while (i < x.length && x[i] === y[i]) i++;
  return i;
};
const read = (text: string): Uint8Array => {
  const bytes = parseAddress(text);
  if (!bytes) throw new Error('not an address');
  return bytes;
};

describe('addresses', () => {
  it.each([
    ['192.0.2.55', '192.0.2.0/24'],
    ['2001:db8:aaaa:bbbb:cccc::1', '2001:db8:aaaa:0:0:0:0:0/48'],
    ['::ffff:192.0.2.55', '192.0.2.0/24'],
    ['[2001:DB8::1]', '2001:db8:0:0:0:0:0:0/48'],
    ['fe80::1%eth0', 'fe80:0:0:0:0:0:0:0/48'],
    ['::', '0:0:0:0:0:0:0:0/48'],
  ])('truncates %s to %s', (text, network) => {
    expect(truncateAddress(text)).toBe(network);
  });

  it.each(['', 'localhost', '1.2.3', '1.2.3.4.5', '256.1.1.1', 'g::1', '1:2:3'])('does not take %j for one', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('writes equal addresses as equal text', () => {
    expect(formatAddress(read('2001:0DB8::0001'))).toBe(formatAddress(read('2001:db8:0:0:0:0:0:1')));
  });
});

describe('prefix-preserving pseudonyms', () => {
  // The sample trace that comes with the reference implementation of Crypto-PAn 1.0 (Fan, Xu, Ammar & Moon).
  const key = Uint8Array.from([
    21, 34, 23, 141, 51, 164, 207, 128, 19, 10, 91, 22, 73, 144, 125, 16, 216, 152, 143, 131, 121, 121, 101, 39, 98, 87,
    76, 45, 42, 132, 34, 2,
  ]);
  it.each([
    ['128.11.68.132', '135.242.180.132'],
    ['129.118.74.4', '134.136.186.123'],
    ['130.132.252.244', '133.68.164.234'],
    ['141.223.7.43', '141.167.8.160'],
    ['141.233.145.108', '141.129.237.235'],
    ['152.163.225.39', '151.140.114.167'],
  ])('maps %s to %s as the reference does', (from, to) => {
    expect(formatAddress(createPrefixPreserver(key)(read(from)))).toBe(to);
  });

  it('keeps exactly the shared prefix of any two addresses', () => {
    const preserve = createPrefixPreserver(key);
    for (const length of [4, 16]) {
      const address = fc.uint8Array({ minLength: length, maxLength: length });
      fc.assert(
        fc.property(address, address, (a, b) => {
          expect(sharedPrefix(preserve(a), preserve(b))).toBe(sharedPrefix(a, b));
        }),
      );
    }
  });
});
