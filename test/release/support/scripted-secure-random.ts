import type { SecureRandom } from '../../../core/random/index.ts';
import { seededSecureRandom } from './seeded-secure-random.ts';

/** Gives these 16-bit units first, then those of `seededSecureRandom(0)`; remembers each block it gave. */
export const scriptedSecureRandom = (
  units: ArrayLike<number>,
): SecureRandom & { readonly blocks: readonly Uint8Array[] } => {
  const rest = seededSecureRandom(0);
  const blocks: Uint8Array[] = [];
  let at = 0;
  const bytes = (length: number): Uint8Array => {
    const block = rest.bytes(length);
    const view = new Uint16Array(block.buffer, block.byteOffset, length / 2);
    for (let i = 0; i < view.length && at < units.length; i++) view[i] = units[at++] ?? 0;
    blocks.push(block);
    return block;
  };
  return { kind: 'secure', bytes, blocks };
};
