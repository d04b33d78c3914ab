/** A number with the interval it lies in. */
export type Ranged = { readonly value: number; readonly low: number; readonly high: number };

/**
 * sum / rows, with the interval it must lie in when `sum` and `rows` are each within their width of the truth and the group
 * has a row; all NaN where the noised rows leave no room for one. The value divides by one row at least.
 */
export const ratio = (sum: number, sumWidth: number, rows: number, rowsWidth: number): Ranged => {
  const most = rows + rowsWidth;
  if (most < 1) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const least = Math.max(1, rows - rowsWidth);
  const [lowSum, highSum] = [sum - sumWidth, sum + sumWidth];
  return {
    value: sum / Math.max(1, rows),
    low: lowSum / (lowSum < 0 ? least : most),
    high: highSum / (highSum > 0 ? least : most),
  };
};

/** Moved into low…high, value and ends: post-processing, where the truth is known to lie there. */
export const clampRanged = (ranged: Ranged, low: number, high: number): Ranged => {
  const clamp = (x: number): number => Math.max(low, Math.min(high, x));
  return { value: clamp(ranged.value), low: clamp(ranged.low), high: clamp(ranged.high) };
};
