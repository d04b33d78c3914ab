import { createKeyedHash } from './keyed-hash.ts';

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
  const hash = createKeyedHash(key);
  return (identifier) => {
    const digest = hash(identifier);
    const token = new Uint8Array(TOKEN_LENGTH);
    token[0] = LETTERS[(digest[0] ?? 0) % LETTERS.length] ?? 0;
    for (let i = 1; i < TOKEN_LENGTH; i++) token[i] = ALPHABET[(digest[i] ?? 0) % ALPHABET.length] ?? 0;
    return token;
  };
};
