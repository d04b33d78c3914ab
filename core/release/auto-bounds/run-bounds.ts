import type { NoiseSource } from '../../random/noise-source.ts';
import { drawNoise } from '../mechanisms/noise.ts';
import { withNoise } from '../mechanisms/with-noise.ts';
import type { BoundsPlan } from './plan-bounds.ts';
import type { ReleasedBin } from './released-bins.ts';

/** Bounds that were found, and the noised histogram they were made of: released, free to use again. */
export type FoundBounds = {
  readonly low: number;
  readonly high: number;
  readonly bins: readonly ReleasedBin[];
};

/** What the histogram told, which is paid for either way. */
export type BoundsAnswer = { readonly found: FoundBounds | undefined; readonly bins: readonly ReleasedBin[] };

/**
 * The noised histogram of `numbers` and the bounds it gives. The caller has bounded contributions (at most `perActor`
 * numbers of an actor) and awaits `debit` of the plan before. From the outermost bins that stand out, a bound moves inwards
 * while at most `beyond` numbers, by the noised counts, are left outside. `found` is undefined where no bin stands out.
 */
export const runBounds = (plan: BoundsPlan, numbers: ArrayLike<number>, source: NoiseSource): BoundsAnswer => {
  const noise = drawNoise(plan.noise, plan.bins.length, source);
  const counts = new Float64Array(plan.bins.length);
  for (let i = 0; i < numbers.length; i++) counts[binOf(plan, numbers[i]!)]!++; // hot: a bin is below the length
  const bins = plan.bins.map((bin, i) => ({ ...bin, count: withNoise(counts[i] ?? 0, noise[i] ?? 0) }));
  return { found: boundsOf(plan, bins), bins };
};

/** Bounds from released bins alone: post-processing. */
export const boundsOf = (plan: BoundsPlan, bins: readonly ReleasedBin[]): FoundBounds | undefined => {
  const standing = bins.flatMap(({ count }, i) => (count >= plan.threshold ? [i] : []));
  const [first, last] = [standing[0], standing.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const { beyond } = plan.task;
  const top = inwards(bins, last, first, -1, beyond);
  const bottom = plan.task.of === 'contribution' ? first : inwards(bins, first, top, 1, beyond);
  const high = bins[top]?.to ?? 0;
  const low = plan.task.of === 'contribution' ? plan.task.lowest : (bins[bottom]?.from ?? 0);
  return { low: Math.min(low, high), high, bins };
};

/** Moves a bound from bin `from` towards bin `to` while what is left outside stays within `beyond`. */
const inwards = (bins: readonly ReleasedBin[], from: number, to: number, step: 1 | -1, beyond: number): number => {
  let at = from;
  for (let outside = 0; at !== to; at += step) {
    outside += Math.max(0, bins[at]?.count ?? 0);
    if (outside > beyond) break;
  }
  return at;
};

const binOf = ({ bins, task }: BoundsPlan, number: number): number => {
  const inside = Math.max(task.lowest, Math.min(task.highest, number));
  let [low, high] = [0, bins.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((bins[middle]?.to ?? 0) < inside) low = middle + 1;
    else high = middle;
  }
  return low;
};
