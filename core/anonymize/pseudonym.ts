import { bytesOf, createKeyedHash } from './hmac-sha256.ts';

const LETTERS = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz');
const ALPHABET = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');

/** Characters of a pseudonym; 12 fits DuckDB's inline string, so tokens cost no pointer. */
export const TOKEN_LENGTH = 12;

/** From the UTF-8 bytes of an identifier to the ASCII bytes of its token. */
export type Pseudonymiser = (identifier: Uint8Array) => Uint8Array;

/**
 * Replaces an identifier by a token: HMAC-SHA-256 (RFC 2104) of its UTF-8 bytes under the case key,
 * byte 0 mod 52 and bytes 1–11 mod 62 written as letters and digits, a letter first.
 * Equal inputs stay equal. Two inputs collide with probability ≈ 2^-71, so 10^8 distinct
 * identifiers hold one collision with probability ≈ 2·10^-6.
 */
export const createPseudonymiser = (key: Uint8Array): Pseudonymiser => {
  const keyed = createKeyedHash(key);
  return (identifier) => {
    const digest = keyed.hash(identifier, 0, identifier.length);
    const token = new Uint8Array(TOKEN_LENGTH);
    for (let i = 0; i < TOKEN_LENGTH; i++) {
      const byte = (digest[i >> 2]! >>> (24 - 8 * (i & 3))) & 255; // hot: once per distinct identifier; i < 12
      token[i] = i === 0 ? LETTERS[byte % LETTERS.length]! : ALPHABET[byte % ALPHABET.length]!;
    }
    return token;
  };
};

/** A key for one purpose, from the case key: HMAC(key, purpose). Tokens and addresses never share one. */
export const deriveKey = (key: Uint8Array, purpose: string): Uint8Array => {
  const name = new TextEncoder().encode(`nightjar/${purpose}`);
  return bytesOf(createKeyedHash(key).hash(name, 0, name.length));
};
