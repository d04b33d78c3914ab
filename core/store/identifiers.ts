import { systemRandom } from '../random/index.ts';

/** A fresh random identifier: 128 bits in lowercase hex. */
export const newIdentifier = (): string => Buffer.from(systemRandom.bytes(16)).toString('hex');
