import { createCipheriv, createHash } from 'node:crypto';
import type { SecureRandom } from '../../../core/random/index.ts';

/** Stands in for the operating system's generator where a test must draw the same again: AES-128 in counter mode. */
export const seededSecureRandom = (seed: number | string): SecureRandom => {
  const digest = createHash('sha256').update(`nightjar test ${seed}`).digest();
  const stream = createCipheriv('aes-128-ctr', digest.subarray(0, 16), digest.subarray(16));
  return { kind: 'secure', bytes: (length) => new Uint8Array(stream.update(new Uint8Array(length))) };
};
