import type { Matrix } from '../../table/table.ts';

/** One column as bins of equal width between its extremes: −ln of each bin's height against the highest. */
export type Histogram = {
  readonly low: number;
  readonly high: number;
  readonly surprise: Float64Array;
  /** Of a value beyond the extremes. */
  readonly beyond: number;
};

/** Rows that an empty bin, and the places beyond the extremes, count as. */
const EMPTY = 0.5;

/** The column in `bins` bins; none where it does not vary. Missing values do not count. */
export const fitHistogram = ({ values, rows, columns }: Matrix, column: number, bins: number): Histogram => {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column] ?? Number.NaN;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return { low: 0, high: 0, surprise: new Float64Array(0), beyond: 0 };
  const counts = new Float64Array(bins);
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column] ?? Number.NaN;
    if (value !== value) continue;
    const bin = binOf(low, high, bins, value);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  const highest = counts.reduce((a, b) => Math.max(a, b), 0);
  const surprise = counts.map((count) => Math.log(highest / Math.max(count, EMPTY)));
  return { low, high, surprise, beyond: Math.log(highest / EMPTY) };
};

const binOf = (low: number, high: number, bins: number, value: number): number =>
  Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins));

/** What a value adds to the score; 0 where it is missing or the column does not vary. */
export const surpriseOf = ({ low, high, surprise, beyond }: Histogram, value: number): number => {
  if (surprise.length === 0 || value !== value) return 0;
  if (value < low || value > high) return beyond;
  return surprise[binOf(low, high, surprise.length, value)] ?? beyond;
};
