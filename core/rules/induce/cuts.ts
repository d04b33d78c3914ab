import { quantileOfSorted, sortedFinite } from '../../math/index.ts';

/** Shares of the actors that lie below a cut: finer at both ends, where abuse is. */
const SHARES = [
  0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7,
  0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.99, 0.995, 0.998,
];
/** The same of the positives. */
const SHARES_OF_POSITIVES = [
  0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98,
];

/** Rounds to the grid of thresholds that may leave a case. */
export type GridRound = (value: number, direction: 'down' | 'up') => number;

/**
 * Ascending thresholds for a feature: quantiles of all values and of those of the positives, each rounded to the grid,
 * outward from the middle.
 */
export const cutPoints = (
  values: ArrayLike<number>,
  positives: ArrayLike<number>,
  gridRound: GridRound,
): Float64Array => {
  const cuts = new Set<number>();
  const addQuantiles = (sorted: Float64Array, shares: readonly number[], isWhole: boolean): void => {
    if (sorted.length === 0) return;
    for (const share of shares) {
      const quantile = quantileOfSorted(sorted, share);
      // Between whole numbers it says the same as the next one.
      const value = isWhole ? Math.ceil(quantile) : quantile;
      cuts.add(gridRound(value, share < 0.5 ? 'down' : 'up') + 0); // + 0: −0 is 0
    }
  };
  const all = sortedFinite(values);
  const isWhole = all.every(Number.isInteger);
  addQuantiles(all, SHARES, isWhole);
  addQuantiles(sortedFinite(positives), SHARES_OF_POSITIVES, isWhole);
  return Float64Array.from(cuts).sort();
};
