import { createCipheriv, type Cipher } from 'node:crypto';
import { isIPv4, isIPv6 } from 'node:net';

/** The 4 or 16 bytes of an address, IPv4-mapped IPv6 as IPv4; undefined where the text is none. */
export const parseAddress = (text: string): Uint8Array | undefined => {
  if (isIPv4(text)) return Uint8Array.from(text.split('.'), Number);
  const bare = text.startsWith('[') && text.endsWith(']') ? text.slice(1, -1) : text;
  const address = bare.split('%', 1)[0] ?? bare;
  if (!isIPv6(address)) return undefined;
  const bytes = parseIPv6(address);
  const mapped = bytes.subarray(0, 10).every((b) => b === 0) && bytes[10] === 255 && bytes[11] === 255;
  return mapped ? bytes.slice(12) : bytes;
};

const parseIPv6 = (text: string): Uint8Array => {
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  let groups = text;
  if (embedded) {
    const [a = 0, b = 0, c = 0, d = 0] = (embedded[2] ?? '').split('.').map(Number);
    groups = `${embedded[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  }
  const [head = '', tail] = groups.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const words = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return Uint8Array.from(words.flatMap((word) => [parseInt(word, 16) >> 8, parseInt(word, 16) & 255]));
};

/** Canonical text of an address (RFC 5952 without zero compression for IPv6), so that equal addresses are equal text. */
export const formatAddress = (bytes: Uint8Array): string => {
  if (bytes.length === 4) return bytes.join('.');
  const words: string[] = [];
  for (let i = 0; i < 16; i += 2) words.push((((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)).toString(16));
  return words.join(':');
};

/** `192.0.2.55` → `192.0.2.0/24`, IPv6 to its /48; undefined where the text is no address. */
export const truncateAddress = (text: string): string | undefined => {
  const bytes = parseAddress(text);
  if (!bytes) return undefined;
  const kept = bytes.length === 4 ? 3 : 6;
  return `${formatAddress(bytes.map((b, i) => (i < kept ? b : 0)))}/${kept * 8}`;
};

/**
 * Prefix-preserving address pseudonyms: Crypto-PAn (Xu, Fan, Ammar & Moon 2002, §3), AES-128, here for IPv4 and IPv6.
 * `key` is 32 bytes: the AES key, then the block that becomes the pad. Two addresses that share exactly k leading bits
 * still share exactly k. Weaker than a token: whoever plants addresses can learn prefixes (see the threat model).
 */
export const createPrefixPreserver = (key: Uint8Array): ((bytes: Uint8Array) => Uint8Array) => {
  const cipher = createCipheriv('aes-128-ecb', key.subarray(0, 16), null).setAutoPadding(false);
  const pad = new Uint8Array(cipher.update(key.subarray(16, 32)));
  return (bytes) => {
    const out = new Uint8Array(bytes.length);
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flip = firstBit(cipher, withPrefix(pad, bytes, bit));
      const plain = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
      out[bit >> 3] = (out[bit >> 3] ?? 0) | ((plain ^ flip) << (7 - (bit & 7)));
    }
    return out;
  };
};

const withPrefix = (pad: Uint8Array, address: Uint8Array, bits: number): Uint8Array => {
  const block = pad.slice();
  for (let i = 0; i < bits >> 3; i++) block[i] = address[i] ?? 0;
  const rest = bits & 7;
  if (rest > 0) {
    const mask = 0xff00 >> rest;
    const i = bits >> 3;
    block[i] = ((address[i] ?? 0) & mask & 255) | ((pad[i] ?? 0) & ~mask & 255);
  }
  return block;
};

const firstBit = (cipher: Cipher, block: Uint8Array): number => (cipher.update(block)[0] ?? 0) >> 7;
