import type { Matrix } from '../../table/table.ts';
import type { Random } from '../../random/random.ts';
import { drawnIn, drawnOut, FAR_FOR_CUTS } from '../drawn-in.ts';
import { averagePathLength, type Forest } from './forest.ts';

/** Grows one tree of a forest from the rows at `picked`. */
export type Grower = (tree: number, picked: Uint32Array, random: Random) => void;

/**
 * Isolation tree (Liu, Ting & Zhou 2008, algorithm 2): a feature uniform among those that vary in
 * the node, a threshold uniform between its extremes there, down to single rows or the depth limit.
 * Unlike there, uniform is meant after values beyond ±5 are drawn in (`drawnIn`); the matrix is robustly scaled.
 * All work memory is taken once, here. Missing values are NaN: the split is drawn from the observed
 * values, and the missing rows go together to one side, with the probability of its share of rows.
 */
export const makeGrower = (forest: Forest, { columns, values }: Matrix): Grower => {
  const { depth: limit, sampleSize, feature, threshold: thresholds, missingRight, pathLength, cover } = forest;
  const size = 2 ** limit;
  const rows = new Uint32Array(sampleSize);
  /** Of each row the value in the column looked at last. */
  const held = new Float32Array(sampleSize);
  const order = Int32Array.from({ length: columns }, (_, j) => j);
  const leafLengths = Float64Array.from({ length: sampleSize + 1 }, (_, n) => averagePathLength(n));
  let base = 0;
  let low = 0;
  let high = 0;

  // The `!` below: indices are bounded by the loops, and a check per value would cost a third.
  const findRange = (column: number, from: number, to: number): boolean => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = from; k < to; k++) {
      const value = values[rows[k]! * columns + column]!;
      held[k] = value;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    low = least;
    high = most;
    return most > least && most - least < Number.POSITIVE_INFINITY;
  };

  /** A feature uniform among those that vary: draws without replacement until one does, or −1. */
  const drawFeature = (from: number, to: number, random: Random): number => {
    for (let k = 0; k < columns; k++) {
      const pick = k + random.int(columns - k);
      const column = order[pick]!;
      order[pick] = order[k]!;
      order[k] = column;
      if (findRange(column, from, to)) return column;
    }
    return -1;
  };

  const closeLeaf = (node: number, depth: number, count: number): void => {
    const first = base + (node << (limit - depth)) - size;
    const end = first + (1 << (limit - depth));
    const length = depth + leafLengths[count]!;
    for (let leaf = first; leaf < end; leaf++) pathLength[leaf] = length;
    cover[first] = count;
  };

  const swap = (a: number, b: number): void => {
    const row = rows[a]!;
    rows[a] = rows[b]!;
    rows[b] = row;
    const value = held[a]!;
    held[a] = held[b]!;
    held[b] = value;
  };

  const grow = (node: number, from: number, to: number, depth: number, random: Random): void => {
    const column = to - from <= 1 || depth === limit ? -1 : drawFeature(from, to, random);
    if (column < 0) {
      closeLeaf(node, depth, to - from);
      return;
    }
    const first = drawnIn(low, FAR_FOR_CUTS);
    const at = first + random.float() * (drawnIn(high, FAR_FOR_CUTS) - first);
    const drawn = Math.fround(drawnOut(at, FAR_FOR_CUTS));
    const threshold = drawn >= low && drawn < high ? drawn : low;
    let left = from;
    let right = to;
    // Three ways in one pass: observed at or below | missing | observed above.
    for (let k = from; k < right;) {
      const value = held[k]!;
      if (value > threshold) swap(k, --right);
      else if (value <= threshold) swap(k++, left++);
      else k++;
    }
    const goesRight = random.int(left - from + to - right) < to - right;
    const middle = goesRight ? left : right;
    feature[base + node] = column;
    thresholds[base + node] = threshold;
    missingRight[base + node] = goesRight ? 1 : 0;
    grow(2 * node, from, middle, depth + 1, random);
    grow(2 * node + 1, middle, to, depth + 1, random);
  };

  return (tree, picked, random) => {
    base = tree * size;
    rows.set(picked);
    for (let j = 0; j < columns; j++) order[j] = j;
    grow(1, 0, sampleSize, 0, random);
  };
};
