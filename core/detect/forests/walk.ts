import type { CutForest } from './cut-forest.ts';
import { leafSlot, leftChild, rootOf } from './nodes.ts';
import { NODE_WORDS, WORD_BYTES } from './pair-layout.ts';
import { BLOCK_ROWS, isInPairs, pairNodesOf, type PairNodes } from './pair-nodes.ts';
import { TREES_TOGETHER } from './pair-walk.ts';

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
  const pairs = isInPairs(forest) && forest.trees >= TREES_TOGETHER ? pairNodesOf(forest) : undefined;
  const columns = forest.names.length;
  for (let block = from; block < to; block += BLOCK_ROWS) {
    const end = Math.min(to, block + BLOCK_ROWS);
    pairs?.rows.set(values.subarray(block * columns, end * columns));
    for (let tree = 0; tree < forest.trees; tree += pairs === undefined ? 1 : TREES_TOGETHER) {
      if (pairs === undefined) addOneTree(forest, tree, values, block, end, sums);
      else addPairTrees(forest, pairs, tree, block, end, sums);
    }
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

/**
 * As `addOneTree` for `TREES_TOGETHER` trees at once, from `tree` on or, at the end, the last of the forest; `block` holds rows
 * [from, to) in the nodes' own memory.
 */
const addPairTrees = (
  forest: CutForest,
  { rows: block, leaves, walk }: PairNodes,
  tree: number,
  from: number,
  to: number,
  sums: Float64Array,
): void => {
  const { trees, nodes, pathLength, names } = forest;
  const first = Math.min(tree, trees - TREES_TOGETHER);
  const [nodeBytes, rowBytes] = [NODE_WORDS * WORD_BYTES, names.length * WORD_BYTES];
  const treeBytes = nodes * nodeBytes;
  const rowsEnd = block.byteOffset + (to - from) * rowBytes;
  walk(first * treeBytes, treeBytes, block.byteOffset, rowsEnd, rowBytes, leaves.byteOffset);
  for (let row = from, at = 0; row < to; row++, at += TREES_TOGETHER) {
    let sum = sums[row]!; // hot: in the order of the trees, which decides the last bit
    for (let k = at + tree - first; k < at + TREES_TOGETHER; k++) sum += pathLength[leaves[k]! / nodeBytes]!;
    sums[row] = sum;
  }
};
