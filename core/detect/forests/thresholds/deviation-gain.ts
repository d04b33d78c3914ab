import type { Threshold, ThresholdRule } from './rule.ts';

/** Spread left after a cut, from the sides' shares of the rows and standard deviations. */
type Spread = (leftShare: number, left: number, right: number) => number;

/**
 * The threshold that leaves the least standard deviation, each side weighted by its rows: clusters
 * of any size are cut off whole (fair-cut forest: Cortes 2021; as in regression trees).
 */
export const pooledGainThreshold: ThresholdRule = (values) =>
  bestThreshold(values, (share, left, right) => share * left + (1 - share) * right);

/**
 * The threshold that leaves the least standard deviation, both sides weighted alike: the gain
 * Sd_gain of SCiForest (Liu, Ting & Zhou 2010), which cuts off small dense clusters.
 */
export const averagedGainThreshold: ThresholdRule = (values) =>
  bestThreshold(values, (_, left, right) => 0.5 * (left + right));

/** The mid-point between neighbours with the largest gain 1 − spread after / spread before; the first among equals. */
const bestThreshold = (values: Float32Array, spread: Spread): Threshold => {
  const sorted = values.sort();
  const n = sorted.length;
  // Hot loops (`!`): indices are bounded by the length.
  let mean = 0;
  for (let i = 0; i < n; i++) mean += sorted[i]! / n;
  let total = 0;
  let squares = 0;
  for (let i = 0; i < n; i++) {
    const off = sorted[i]! - mean;
    total += off;
    squares += off * off;
  }
  const before = deviation(total, squares, n);
  let sum = 0;
  let sumOfSquares = 0;
  let at = sorted[0]!;
  let gain = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < n - 1; i++) {
    const off = sorted[i]! - mean;
    sum += off;
    sumOfSquares += off * off;
    if (sorted[i] === sorted[i + 1]) continue;
    const left = deviation(sum, sumOfSquares, i + 1);
    const right = deviation(total - sum, squares - sumOfSquares, n - i - 1);
    const own = 1 - spread((i + 1) / n, left, right) / before;
    if (own > gain) {
      gain = own;
      at = between(sorted[i]!, sorted[i + 1]!);
    }
  }
  return { at, gain };
};

const deviation = (sum: number, squares: number, n: number): number =>
  Math.sqrt(Math.max(0, squares / n - (sum / n) ** 2));

const between = (low: number, high: number): number => {
  const middle = Math.fround(low + (high - low) / 2);
  return middle < high ? middle : low;
};
