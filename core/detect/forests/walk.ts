import type { CutForest } from './cut-forest.ts';
import { leafSlot, leftChild, rootOf } from './nodes.ts';

/** Rows worked on together: they stay beside a few trees in a core's cache. */
const BLOCK_ROWS = 512;

/**
 * Adds to `sums[row]` the leaf values of rows [from, to) of `values` over all trees of a forest that
 * is not plain, in their order whatever the range: the same bits however the rows are split among threads.
 */
export const addLeafValues = (
  forest: CutForest,
  values: Float32Array,
  from: number,
  to: number,
  sums: Float64Array,
): void => {
  const inPairs = forest.terms === 2 && forest.words === 0;
  const interleaved = inPairs ? forest.trees - (forest.trees % 4) : 0;
  for (let block = from; block < to; block += BLOCK_ROWS) {
    const end = Math.min(to, block + BLOCK_ROWS);
    for (let tree = 0; tree < interleaved; tree += 4) addFourPairTrees(forest, tree, values, block, end, sums);
    for (let tree = interleaved; tree < forest.trees; tree++) addOneTree(forest, tree, values, block, end, sums);
  }
};

/** Where the value of the leaf lies that a row of values from `base` on reaches in a tree. */
export const leafOf = (forest: CutForest, tree: number, values: Float32Array, base: number): number => {
  const first = tree * forest.nodes;
  let node = rootOf(forest);
  for (let level = 0; ; level++) {
    const left = leftChild(forest, tree, node, level);
    if (left < 0) return leafSlot(forest, tree, node, level);
    node = left + (goesRight(forest, first + node, values, base) ? 1 : 0);
  }
};

/** Where a slot sends the row of values from `base` on. Hot: typed arrays are indexed plainly (`!`). */
export const goesRight = (forest: CutForest, slot: number, values: Float32Array, base: number): boolean => {
  const { terms, words, feature, threshold, missingRight, levels, levelsRight } = forest;
  const limit = threshold[slot]!;
  if (limit === Number.POSITIVE_INFINITY) return false;
  const column = feature[slot * terms]!;
  const value = values[base + column]!;
  if (words > 0 && levels[column]! > 0) {
    const known = value >= 0 && value < levels[column]!;
    if (!known) return missingRight[slot] === 1;
    return ((levelsRight[slot * words + (value >> 5)]! >> (value & 31)) & 1) === 1;
  }
  const at = terms === 1 ? value : project(forest, slot, values, base);
  return at === at ? at > limit : missingRight[slot] === 1;
};

const project = (
  { terms, feature, coefficient }: CutForest,
  slot: number,
  values: Float32Array,
  base: number,
): number => {
  let sum = 0;
  for (let t = slot * terms; t < (slot + 1) * terms; t++) sum += coefficient[t]! * values[base + feature[t]!]!;
  return Math.fround(sum);
};

const addOneTree = (
  forest: CutForest,
  tree: number,
  values: Float32Array,
  from: number,
  to: number,
  sums: Float64Array,
): void => {
  const { nodes, left, pathLength } = forest;
  const columns = forest.names.length;
  const first = tree * nodes;
  for (let row = from; row < to; row++) {
    let node = 0;
    for (let child = left[first]!; child !== node; child = left[first + node]!) {
      node = child + (goesRight(forest, first + node, values, row * columns) ? 1 : 0);
    }
    sums[row]! += pathLength[first + node]!;
  }
};

// Four trees at a time, because each walk waits for memory; comparisons are added as numbers,
// because as branches they are mispredicted half the time. A leaf leads to itself: its threshold is
// infinite, so the walks go on until none has moved.
const addFourPairTrees: typeof addOneTree = (forest, tree, values, from, to, sums) => {
  const { nodes, left, feature, coefficient, threshold, missingRight, pathLength } = forest;
  const columns = forest.names.length;
  const a = tree * nodes;
  const b = a + nodes;
  const c = b + nodes;
  const d = c + nodes;
  for (let row = from; row < to; row++) {
    const base = row * columns;
    let i = a;
    let j = b;
    let k = c;
    let l = d;
    for (;;) {
      const p = Math.fround(
        coefficient[2 * i]! * values[base + feature[2 * i]!]! +
          coefficient[2 * i + 1]! * values[base + feature[2 * i + 1]!]!,
      );
      const q = Math.fround(
        coefficient[2 * j]! * values[base + feature[2 * j]!]! +
          coefficient[2 * j + 1]! * values[base + feature[2 * j + 1]!]!,
      );
      const r = Math.fround(
        coefficient[2 * k]! * values[base + feature[2 * k]!]! +
          coefficient[2 * k + 1]! * values[base + feature[2 * k + 1]!]!,
      );
      const s = Math.fround(
        coefficient[2 * l]! * values[base + feature[2 * l]!]! +
          coefficient[2 * l + 1]! * values[base + feature[2 * l + 1]!]!,
      );
      const nextI = a + left[i]! + (+(p > threshold[i]!) | (+(p !== p) & missingRight[i]!));
      const nextJ = b + left[j]! + (+(q > threshold[j]!) | (+(q !== q) & missingRight[j]!));
      const nextK = c + left[k]! + (+(r > threshold[k]!) | (+(r !== r) & missingRight[k]!));
      const nextL = d + left[l]! + (+(s > threshold[l]!) | (+(s !== s) & missingRight[l]!));
      if (((nextI ^ i) | (nextJ ^ j) | (nextK ^ k) | (nextL ^ l)) === 0) break;
      i = nextI;
      j = nextJ;
      k = nextK;
      l = nextL;
    }
    let sum = sums[row]! + pathLength[i]!;
    sum += pathLength[j]!;
    sum += pathLength[k]!;
    sums[row] = sum + pathLength[l]!;
  }
};
