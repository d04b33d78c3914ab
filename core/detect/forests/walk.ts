import type { CutForest } from './cut-forest.ts';
import { leafSlot, leftChild, rootOf } from './nodes.ts';
import { FIRST, isInPairs, LIMIT, NEXT, NODE_WORDS, pairNodesOf, SECOND } from './pair-nodes.ts';

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
  const interleaved = isInPairs(forest) ? forest.trees - (forest.trees % 4) : 0;
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
  const { nodes, pathLength } = forest;
  const { floats, words } = pairNodesOf(forest);
  const columns = forest.names.length;
  const a = tree * nodes * NODE_WORDS;
  const b = a + nodes * NODE_WORDS;
  const c = b + nodes * NODE_WORDS;
  const d = c + nodes * NODE_WORDS;
  for (let row = from; row < to; row++) {
    const base = row * columns;
    let i = a;
    let j = b;
    let k = c;
    let l = d;
    for (;;) {
      const p = Math.fround(
        floats[i]! * values[base + words[i + FIRST]!]! + floats[i + 1]! * values[base + words[i + SECOND]!]!,
      );
      const q = Math.fround(
        floats[j]! * values[base + words[j + FIRST]!]! + floats[j + 1]! * values[base + words[j + SECOND]!]!,
      );
      const r = Math.fround(
        floats[k]! * values[base + words[k + FIRST]!]! + floats[k + 1]! * values[base + words[k + SECOND]!]!,
      );
      const s = Math.fround(
        floats[l]! * values[base + words[l + FIRST]!]! + floats[l + 1]! * values[base + words[l + SECOND]!]!,
      );
      const m = words[i + NEXT]!;
      const n = words[j + NEXT]!;
      const o = words[k + NEXT]!;
      const t = words[l + NEXT]!;
      const nextI = (m >> 1) + NODE_WORDS * (+(p > floats[i + LIMIT]!) | (+(p !== p) & m));
      const nextJ = (n >> 1) + NODE_WORDS * (+(q > floats[j + LIMIT]!) | (+(q !== q) & n));
      const nextK = (o >> 1) + NODE_WORDS * (+(r > floats[k + LIMIT]!) | (+(r !== r) & o));
      const nextL = (t >> 1) + NODE_WORDS * (+(s > floats[l + LIMIT]!) | (+(s !== s) & t));
      if (((nextI ^ i) | (nextJ ^ j) | (nextK ^ k) | (nextL ^ l)) === 0) break;
      i = nextI;
      j = nextJ;
      k = nextK;
      l = nextL;
    }
    let sum = sums[row]! + pathLength[i / NODE_WORDS]!;
    sum += pathLength[j / NODE_WORDS]!;
    sum += pathLength[k / NODE_WORDS]!;
    sums[row] = sum + pathLength[l / NODE_WORDS]!;
  }
};
