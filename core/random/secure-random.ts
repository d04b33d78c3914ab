import { randomFillSync } from 'node:crypto';

/** The operating system's generator: keys, salts, nonces and privacy noise. Not exchangeable with `Random`. */
export type SecureRandom = {
  readonly kind: 'secure';
  /** `length` fresh random bytes. */
  bytes(length: number): Uint8Array;
};

export const systemRandom: SecureRandom = {
  kind: 'secure',
  bytes: (length) => randomFillSync(new Uint8Array(length)),
};
