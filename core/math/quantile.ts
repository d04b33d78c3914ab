/** The observed (finite) values in ascending order, as a new array. */
export const sortedFinite = (values: ArrayLike<number>): Float64Array => {
  let count = 0;
  const kept = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isFinite(value)) kept[count++] = value;
  }
  return kept.subarray(0, count).sort();
};

/**
 * Quantile `p` in [0, 1] of ascending values, linear between order statistics: type 7 of
 * Hyndman & Fan 1996, the default of NumPy and R. NaN when there is no value.
 */
export const quantileOfSorted = (sorted: ArrayLike<number>, p: number): number => {
  if (sorted.length === 0) return Number.NaN;
  const at = (sorted.length - 1) * Math.min(1, Math.max(0, p));
  const below = Math.floor(at);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return at === below ? low : low + (high - low) * (at - below);
};

/** Quantile of the finite values, type 7; NaN when there is none. */
export const quantile = (values: ArrayLike<number>, p: number): number => quantileOfSorted(sortedFinite(values), p);

/** Median of the finite values; NaN when there is none. */
export const median = (values: ArrayLike<number>): number => quantile(values, 0.5);
