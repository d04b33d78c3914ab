import { chiSquareQuantile, wilson } from '../../math/index.ts';

/** A share or ratio with its 95 % interval; all null where nothing can be said. */
export type Measured = { readonly value: number | null; readonly low: number | null; readonly high: number | null };

export const UNKNOWN: Measured = { value: null, low: null, high: null };

/** Two-sided standard normal quantile: P(|Z| > z) = `alpha`. */
export const normalQuantile = (alpha: number): number => Math.sqrt(chiSquareQuantile(1, 1 - alpha));

/** `hits` of `trials` with its 95 % score interval (Wilson 1927); unknown without trials. */
export const shareOf = (hits: number, trials: number): Measured => {
  if (trials === 0) return UNKNOWN;
  const [low, high] = wilson(hits, trials);
  return { value: hits / trials, low, high };
};

/**
 * F1 = 2 TP / (2 TP + FP + FN). It grows with S = TP / (TP + FP + FN) as 2 S / (1 + S), and S is a share of the actors who
 * were hit or are abuse: the interval is that of S (Wilson), carried over. Unknown where there is nobody of either kind.
 */
export const f1Of = (truePositives: number, falsePositives: number, falseNegatives: number): Measured => {
  const { value, low, high } = shareOf(truePositives, truePositives + falsePositives + falseNegatives);
  const carried = (s: number | null): number | null => (s === null ? null : (2 * s) / (1 + s));
  return { value: carried(value), low: carried(low), high: carried(high) };
};

/**
 * The share a / n over the share b / m, with the interval of the logarithm of the ratio (Katz et al. 1978) after adding ½ to counts
 * and trials, so that it exists where a count is 0 too (`log-adjusted` of statsmodels); of a ratio of 0 it begins at 0, so
 * that it holds the ratio. `alpha`: 1 − the confidence. The value is null where b is 0. Unknown without trials on both sides.
 */
export const ratioOf = (a: number, n: number, b: number, m: number, alpha = 0.05): Measured => {
  if (n === 0 || m === 0) return UNKNOWN;
  const [a1, n1, b1, m1] = [a + 0.5, n + 0.5, b + 0.5, m + 0.5];
  const centre = Math.log((a1 / n1) * (m1 / b1));
  const reach = normalQuantile(alpha) * Math.sqrt(1 / a1 - 1 / n1 + 1 / b1 - 1 / m1);
  const value = b === 0 ? null : a / n / (b / m);
  const low = value === 0 ? 0 : Math.exp(centre - reach);
  return { value, low, high: Math.exp(centre + reach) };
};
