import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** HMAC-SHA-256 of some bytes under one key: 32 bytes, valid until the next call. */
export type KeyedHash = (bytes: Uint8Array) => Uint8Array;

/**
 * HMAC-SHA-256 (RFC 2104) for millions of short messages: the key's two blocks are hashed once and their state is
 * copied per message (docs/decisions/0002-pseudonyms.md has the figures).
 */
export const createKeyedHash = (key: Uint8Array): KeyedHash => {
  const keyed = hmac.create(sha256, key);
  const state = keyed.clone();
  const digest = new Uint8Array(32);
  return (bytes) => {
    keyed._cloneInto(state).update(bytes).digestInto(digest);
    return digest;
  };
};

/** A key for one purpose, from the case key: HMAC(key, purpose). No two purposes share one. */
export const deriveKey = (key: Uint8Array, purpose: string): Uint8Array =>
  createKeyedHash(key)(new TextEncoder().encode(`nightjar/${purpose}`)).slice();
