import type { Matrix } from '../../table/table.ts';

/** How the values of one column are spread: at knot i `below[i]` of the rows are smaller and `upTo[i]` not larger. */
export type Tail = {
  /** Rows that have a value. */
  readonly count: number;
  /** Sign of the third central moment. */
  readonly skew: number;
  /** Ascending, all different. */
  readonly knots: Float32Array;
  readonly below: Float64Array;
  readonly upTo: Float64Array;
};

/** Different values up to which all are kept. */
const ALL_KNOTS = 2048;
/** Beyond that, ranks from either end grow by this factor from knot to knot: 1,400 knots for a million rows. */
const GROWTH = 1.02;

/** The spread of a column's values, without which row has which. Missing values do not count. */
export const fitTail = ({ values, rows, columns }: Matrix, column: number): Tail => {
  const sorted = new Float32Array(rows);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = values[row * columns + column] ?? Number.NaN;
    if (value === value) sorted[count++] = value;
  }
  const kept = sorted.subarray(0, count).sort();
  const starts: number[] = [];
  for (let i = 0; i < count; i++) if (i === 0 || kept[i] !== kept[i - 1]) starts.push(i);
  const chosen = starts.length <= ALL_KNOTS ? starts.map((_, at) => at) : thinned(starts, count);
  return {
    count,
    skew: skewOf(kept),
    knots: Float32Array.from(chosen, (at) => kept[starts[at] ?? 0] ?? 0),
    below: Float64Array.from(chosen, (at) => starts[at] ?? 0),
    upTo: Float64Array.from(chosen, (at) => starts[at + 1] ?? count),
  };
};

/** Positions in `starts` at ranks that grow geometrically from both ends. */
const thinned = (starts: readonly number[], count: number): number[] => {
  const chosen = new Set<number>();
  let rank = 1;
  for (let at = 0; at < starts.length; at++) {
    if ((starts[at + 1] ?? count) < rank) continue;
    chosen.add(at);
    while (rank <= (starts[at + 1] ?? count)) rank = Math.max(rank + 1, rank * GROWTH);
  }
  rank = 1;
  for (let at = starts.length - 1; at >= 0; at--) {
    const above = count - (starts[at] ?? 0);
    if (above < rank) continue;
    chosen.add(at);
    while (rank <= above) rank = Math.max(rank + 1, rank * GROWTH);
  }
  return [...chosen].sort((a, b) => a - b);
};

const skewOf = (values: Float32Array): number => {
  let mean = 0;
  for (const value of values) mean += value / values.length;
  let third = 0;
  for (const value of values) third += (value - mean) ** 3;
  return Math.sign(third);
};

/**
 * −ln of the shares of rows not above and not below the value: how far out in the left and in the right tail it is. Between
 * knots the shares are linear; beyond the ends 1 in count + 1.
 */
export const tailsOf = ({ count, knots, below, upTo }: Tail, value: number): { left: number; right: number } => {
  const last = knots.length - 1;
  let low = 0;
  let high = last;
  // The last knot not above the value.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (knots[middle]! <= value) low = middle;
    else high = middle - 1;
  }
  const knot = knots[low]!;
  const fewest = count / (count + 1);
  if (value < knot) return { left: Math.log(count / fewest), right: 0 };
  if (value === knot) return { left: Math.log(count / upTo[low]!), right: Math.log(count / (count - below[low]!)) };
  if (low === last) return { left: 0, right: Math.log(count / fewest) };
  const part = (value - knot) / (knots[low + 1]! - knot);
  const notAbove = upTo[low]! + part * (below[low + 1]! - upTo[low]!);
  return { left: Math.log(count / notAbove), right: Math.log(count / (count - notAbove)) };
};
