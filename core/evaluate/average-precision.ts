import { seededRandom, type Random } from '../random/index.ts';
import type { Interval } from './schema.ts';
import type { TieGroups } from './tie-groups.ts';

/** Average precision: Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores, without interpolation, as scikit-learn computes it. */
export const averagePrecision = (groups: TieGroups): number => precisionOf(groups.positives, groups.negatives);

/**
 * Percentile interval of average precision from a stratified bootstrap: positives and negatives are each drawn with
 * replacement, their numbers kept (Efron & Tibshirani 1993, ch. 13; Boyd, Eng & Page 2013 compare it). With fewer than
 * about ten positives it is too narrow.
 */
export const averagePrecisionInterval = (groups: TieGroups, replicates: number, seed: number): Interval => {
  const random = seededRandom(seed);
  const steps = withoutEmptySteps(groups);
  const positives = resampler(steps.positives, groups.totalPositives, random);
  const negatives = resampler(steps.negatives, groups.totalNegatives, random);
  const values = Float64Array.from({ length: replicates }, () => precisionOf(positives(), negatives())).sort();
  const at = (share: number): number => values[Math.min(replicates - 1, Math.floor(share * replicates))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
};

const precisionOf = (positives: Float64Array, negatives: Float64Array): number => {
  let found = 0;
  let above = 0;
  let sum = 0;
  for (let g = 0; g < positives.length; g++) {
    const hits = positives[g] ?? 0;
    found += hits;
    above += hits + (negatives[g] ?? 0);
    if (hits > 0) sum += (hits * found) / above;
  }
  return sum / found;
};

/** The same ranking with each run of groups that hold no positive made one: average precision does not see inside. */
const withoutEmptySteps = (groups: TieGroups): { positives: Float64Array; negatives: Float64Array } => {
  const positives: number[] = [];
  const negatives: number[] = [];
  groups.positives.forEach((hits, g) => {
    const last = positives.length - 1;
    if (hits === 0 && positives[last] === 0) negatives[last] = (negatives[last] ?? 0) + (groups.negatives[g] ?? 0);
    else {
      positives.push(hits);
      negatives.push(groups.negatives[g] ?? 0);
    }
  });
  return { positives: Float64Array.from(positives), negatives: Float64Array.from(negatives) };
};

/** Draws `total` members again from groups of these sizes; the returned counts are overwritten by the next draw. */
const resampler = (sizes: Float64Array, total: number, random: Random): (() => Float64Array) => {
  const groupOf = new Uint32Array(total);
  let member = 0;
  sizes.forEach((size, g) => {
    groupOf.fill(g, member, member + size);
    member += size;
  });
  const drawn = new Float64Array(sizes.length);
  // Scaling 32 bits to `total` favours some members by at most total / 2^32: far below the bootstrap's own noise.
  const scale = total / 2 ** 32;
  return () => {
    drawn.fill(0);
    for (let i = 0; i < total; i++) {
      // Hot loop, rows × replicates: both indices are in range by construction.
      drawn[groupOf[Math.floor(random.uint32() * scale)]!]! += 1;
    }
    return drawn;
  };
};
