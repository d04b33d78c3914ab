import type { Ranged } from './ratio.ts';

/** A noised number, and how far it is from the truth at most. */
export type Within = { readonly value: number; readonly width: number };

/**
 * square / rows + middle − (sum / rows)², with the exact range of it over all truths within the widths, where the group has a row: it
 * grows with the square and falls with |sum|, so that only rows are left, in which a / n − b / n² has its extremes at the ends
 * and at n = 2 b / a. (Ranges of square / rows and sum / rows by themselves let rows be small in one and large in the
 * other.) All NaN where the noised rows leave no room for one; the value divides by one row at least.
 *
 * The interval is wider than its level asks for: it holds wherever all three noises are within their widths, each at a
 * third of the error probability, while the noise of the squares alone makes most of the error.
 */
export const momentVariance = (square: Within, sum: Within, rows: Within, middle: number): Ranged => {
  const most = rows.value + rows.width;
  if (most < 1) return { value: Number.NaN, low: Number.NaN, high: Number.NaN };
  const least = Math.max(1, rows.value - rows.width);
  const near = Math.max(0, Math.abs(sum.value) - sum.width);
  const far = Math.abs(sum.value) + sum.width;
  const extremes = (a: number, b: number): readonly number[] => {
    const turn = a === 0 ? least : (2 * b) / a;
    const at = [least, most, Math.max(least, Math.min(most, turn))];
    return at.map((n) => a / n - (b / n) * (1 / n) + middle);
  };
  const n = Math.max(1, rows.value);
  return {
    value: square.value / n + middle - (sum.value / n) ** 2,
    low: Math.min(...extremes(square.value - square.width, far ** 2)),
    high: Math.max(...extremes(square.value + square.width, near ** 2)),
  };
};
