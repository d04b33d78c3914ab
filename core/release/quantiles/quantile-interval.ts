import { NightjarError } from '../../api/errors.ts';
import { divideRational, multiplyRational, rational, toNumber, type Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { exponentialMechanism } from '../top-k/index.ts';

export type IntervalTask = {
  /** Strictly between 0 and 1. */
  readonly probability: Rational;
  readonly lowCells: number;
  readonly highCells: number;
  /** Most rows of one actor among the values. */
  readonly rowsPerActor: number;
  /** Of each of the two choices. */
  readonly epsilonPerChoice: Rational;
  /** The interval holds with this probability at least. */
  readonly level: number;
};

/**
 * Both ends of an interval, in cells, that holds every p-quantile of the whole numbers `sorted` (ascending, within low…high)
 * with probability `level` at least: the cells v with #(x < v) ≤ p n ≤ #(x ≤ v). As in Drechsler, Globus-Harris, McMillan,
 * Sarathy & Smith 2022 the ends themselves are chosen, not a point and its error; here the interval is for the values that
 * were given, not for a population that they were sampled from.
 *
 * Mechanism. The exponential mechanism over all cells for the rank p n − R, and for p n + R, with R of `rankMargin`. The
 * distance of a cell v from a rank t is that of t from the ranks #(x < v) … #(x ≤ v) which it covers; the lowest cell covers
 * all ranks below its own too, the highest all above, so that some cell is always at distance 0.
 *
 * Privacy map, with p = a / b. One row added moves a n by a, and b #(x < v) and b #(x ≤ v) by 0 or b: each distance, times b,
 * by at most max(a, b − a), either way; R is no part of the data. With the rate ε / (2 rowsPerActor max(a, b − a)) each choice
 * has bounded range ε for an actor of rowsPerActor rows: see `exponentialMechanism`. The two compose.
 *
 * Level. A cell at distance R or more is chosen with probability P exp(−rate b R) ≤ (1 − level) / 2 at most, P the number of
 * cells. Else the lower end v is the lowest cell, or b #(x < v) < b (p n − R) + b R, so that fewer than p n values lie below
 * v and no p-quantile does; the upper end likewise.
 */
export const quantileInterval = (
  sorted: Float64Array,
  task: IntervalTask,
  source: NoiseSource,
): readonly [number, number] => {
  const margin = rankMargin(task);
  const runs = runsOf(sorted, task);
  return [choose(runs, sorted.length, -margin, task, source), choose(runs, sorted.length, margin, task, source)];
};

/** The smallest whole R with P exp(−rate b R) ≤ (1 − level) / 2: rows that the ends lie off by on purpose. Errors: `usage`. */
export const rankMargin = (task: IntervalTask): number => {
  const { lowCells, highCells, level, probability } = task;
  const cells = highCells - lowCells + 1;
  const perRow = toNumber(rateOf(task)) * Number(probability.denominator);
  const margin = Math.floor((Math.log(cells) - Math.log((1 - level) / 2)) / perRow) + 1;
  if (margin * Number(probability.denominator) < 2 ** 51) return margin;
  throw new NightjarError('usage', 'Intervals of quantiles would be wider than any data.', {
    where: 'epsilon',
    next: 'Raise epsilon, or leave "intervals" out.',
  });
};

/** Of the exponential mechanism, for distances times b. */
const rateOf = ({
  probability: { numerator, denominator },
  rowsPerActor,
  epsilonPerChoice,
}: IntervalTask): Rational => {
  const far = numerator > denominator - numerator ? numerator : denominator - numerator;
  return divideRational(epsilonPerChoice, multiplyRational(rational(2 * rowsPerActor), rational(far)));
};

/** Cells in a row that cover the same ranks, `below` to `upTo`. Each cell is in exactly one. */
type Runs = {
  readonly first: Float64Array;
  readonly size: Float64Array;
  readonly below: Float64Array;
  readonly upTo: Float64Array;
};

const runsOf = (sorted: Float64Array, { lowCells, highCells }: IntervalTask): Runs => {
  const first: number[] = [];
  const size: number[] = [];
  const below: number[] = [];
  const upTo: number[] = [];
  const push = (from: number, cells: number, ranks: readonly [number, number]): void => {
    if (cells <= 0) return;
    first.push(from);
    size.push(cells);
    below.push(from === lowCells ? Number.NEGATIVE_INFINITY : ranks[0]);
    upTo.push(from + cells - 1 === highCells ? Number.POSITIVE_INFINITY : ranks[1]);
  };
  /** Empty cells from `from` to before `to`; the lowest and the highest cell by themselves, as they cover more. */
  const pushEmpty = (from: number, to: number, rank: number): void => {
    const start = from === lowCells && to > from ? from + 1 : from;
    const end = to === highCells + 1 && to > start ? to - 1 : to;
    push(from, start - from, [rank, rank]);
    push(start, end - start, [rank, rank]);
    push(end, to - end, [rank, rank]);
  };
  let next = lowCells;
  for (let i = 0; i < sorted.length;) {
    const cell = sorted[i]!; // hot: i is below the length
    let end = i + 1;
    while (end < sorted.length && sorted[end] === cell) end++;
    pushEmpty(next, cell, i);
    push(cell, 1, [i, end]);
    next = cell + 1;
    i = end;
  }
  pushEmpty(next, highCells + 1, sorted.length);
  return {
    first: Float64Array.from(first),
    size: Float64Array.from(size),
    below: Float64Array.from(below),
    upTo: Float64Array.from(upTo),
  };
};

const choose = (
  { first, size, below, upTo }: Runs,
  rows: number,
  offset: number,
  task: IntervalTask,
  source: NoiseSource,
): number => {
  const a = Number(task.probability.numerator);
  const b = Number(task.probability.denominator);
  const target = a * rows + b * offset;
  const distance = below.map((rank, i) => Math.max(0, b * rank - target, target - b * (upTo[i] ?? 0)));
  const chosen = exponentialMechanism(distance, rateOf(task), source, size);
  return (first[chosen] ?? 0) + source.below(size[chosen] ?? 1);
};
