import type { NoiseSource } from '../../random/noise-source.ts';
import type { TruncatedNoise } from '../mechanisms/mechanism.ts';
import { truncatedDiscreteLaplaceSampler } from '../samplers/index.ts';

/** Groups that are shown, ascending, and their noised counts. */
export type ShownCounts = { readonly groups: Uint32Array; readonly counts: Float64Array };

/** Adds noise to every count and shows those above the bound. */
export const showCounts = (
  counts: Float64Array,
  { scale, bound }: TruncatedNoise,
  source: NoiseSource,
): ShownCounts => {
  const draw = truncatedDiscreteLaplaceSampler(scale, bound, source);
  const groups = new Uint32Array(counts.length);
  const shown = new Float64Array(counts.length);
  let length = 0;
  for (let g = 0; g < counts.length; g++) {
    const noised = counts[g]! + draw(); // hot: g is inside
    if (noised <= bound) continue;
    groups[length] = g;
    shown[length++] = noised;
  }
  return { groups: groups.slice(0, length), counts: shown.slice(0, length) };
};
