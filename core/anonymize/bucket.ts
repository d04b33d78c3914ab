import { createKeyedHash, deriveKey } from './keyed-hash.ts';

/** How many buckets there are for the values of one actor in one column: as many as a byte has values. */
export const BUCKETS = 256;

/** From the bytes of an actor, a NUL and the bytes of a value to a bucket: a whole number from 0 to `BUCKETS` − 1. */
export type Bucketer = (actorAndValue: Uint8Array) => number;

/**
 * Puts the values of one column into buckets: the first byte of HMAC-SHA-256 (RFC 2104) of actor, NUL and value, under
 * a key for this column alone, which is derived from the case key.
 *
 * Equal values of one actor in one column share a bucket, and so do one in 256 of the actor's different ones. Nothing
 * else can be told from two buckets: those of two actors or two columns are as unrelated as those of two keys, and none is
 * part of a pseudonym. An actor holds no NUL (such a row is refused), so no two pairs are the same bytes. Whoever has the
 * key can test the guess that an actor has a value, and is told yes wrongly with probability 1 / 256 per bucket in use.
 */
export const createBucketer = (key: Uint8Array, column: string): Bucketer => {
  const hash = createKeyedHash(deriveKey(key, `bucket/${column}`));
  return (actorAndValue) => hash(actorAndValue)[0] ?? 0;
};
