import type { Random } from '../../random/random.ts';
import { averagePathLength } from '../isolation-forest/forest.ts';
import { isPlain, type CutForest } from './cut-forest.ts';
import { makeCutter, type Cut } from './draw-cut.ts';
import type { Recipe } from './recipes.ts';

/** Smallest share of a node's width that a side is taken to have: the resolution of float32. */
const LEAST_WIDTH = 2 ** -24;

/**
 * Grows one tree from a sample of `sampleSize` rows: cuts as the recipe draws them, down to single
 * rows, rows all alike or the depth limit. Missing values go together to one side, drawn with the
 * probability of its share of the rows, and so do levels the node does not hold.
 */
export const makeTreeGrower = (
  forest: CutForest,
  recipe: Recipe,
): ((tree: number, sample: Float32Array, random: Random) => void) => {
  const { depth: limit, sampleSize, terms, words, levels, nodes } = forest;
  const complete = isPlain(forest);
  const draw = makeCutter(recipe, levels, sampleSize);
  const rows = new Int32Array(sampleSize);
  let sample: Float32Array = new Float32Array(0);
  let base = 0;
  let nextNode = 0;

  const closeLeaf = (node: number, depth: number, count: number, logDensity: number): void => {
    const value = recipe.leaf === 'path length' ? depth + averagePathLength(count) : logDensity;
    const width = complete ? 2 ** (limit - depth) : 1;
    const first = base + (complete ? node * width - nodes : node);
    forest.pathLength.fill(value, first, first + width);
    forest.cover[first] = count;
  };

  const writeCut = (node: number, cut: Cut, goesRight: boolean): void => {
    const slot = base + node;
    forest.feature.set(cut.features, slot * terms);
    if (terms > 1) forest.coefficient.set(cut.coefficients, slot * terms);
    forest.threshold[slot] = cut.threshold;
    forest.missingRight[slot] = goesRight ? 1 : 0;
  };

  // The `!` below: rows and projections are read inside the node's own range.
  const swap = (projected: Float32Array, a: number, b: number): void => {
    const row = rows[a]!;
    rows[a] = rows[b]!;
    rows[b] = row;
    const value = projected[a]!;
    projected[a] = projected[b]!;
    projected[b] = value;
  };

  /** Bits of the levels that go right: the cut's own, and with `goesRight` all that the node does not hold. */
  const writeLevels = (node: number, cut: Cut, from: number, to: number, goesRight: boolean): void => {
    const at = (base + node) * words;
    const mask = forest.levelsRight.subarray(at, at + words);
    const column = cut.features[0]!;
    mask.fill(goesRight ? -1 : 0);
    for (let k = from; k < to; k++) {
      const level = sample[rows[k]! * levels.length + column]!;
      if (level === level) mask[level >> 5]! &= ~(1 << (level & 31));
    }
    mask[cut.level >> 5]! |= 1 << (cut.level & 31);
  };

  const grow = (node: number, from: number, to: number, depth: number, logDensity: number, random: Random): void => {
    const cut = to - from <= 1 || depth === limit ? undefined : draw({ sample, rows, from, to }, random);
    if (cut === undefined) {
      closeLeaf(node, depth, to - from, logDensity);
      return;
    }
    const { projected, threshold } = cut;
    let left = from;
    let right = to;
    // Three ways in one pass: observed at or below | missing | observed above.
    for (let k = from; k < right;) {
      const value = projected[k]!;
      if (value > threshold) swap(projected, k, --right);
      else if (value <= threshold) swap(projected, k++, left++);
      else k++;
    }
    const goesRight = random.int(left - from + to - right) < to - right;
    writeCut(node, cut, goesRight);
    if (cut.level >= 0) writeLevels(node, cut, from, to, goesRight);
    const middle = goesRight ? left : right;
    const share = (middle - from) / (to - from);
    const width = Math.min(1 - LEAST_WIDTH, Math.max(LEAST_WIDTH, cut.leftWidth));
    const child = complete ? 2 * node : nextNode;
    nextNode += 2;
    if (!complete) forest.left[base + node] = child;
    grow(child, from, middle, depth + 1, logDensity + Math.log(share / width), random);
    grow(child + 1, middle, to, depth + 1, logDensity + Math.log((1 - share) / (1 - width)), random);
  };

  return (tree, values, random) => {
    sample = values;
    base = tree * nodes;
    for (let k = 0; k < sampleSize; k++) rows[k] = k;
    nextNode = 1;
    grow(complete ? 1 : 0, 0, sampleSize, 0, 0, random);
  };
};
