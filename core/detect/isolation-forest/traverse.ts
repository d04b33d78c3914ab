import type { Forest } from './forest.ts';

/** Rows worked on together: with 20 columns they fit beside four trees in a core's cache. */
const BLOCK_ROWS = 512;

/** Whether any value is missing: decides which of the two loops below runs. */
export const hasMissing = (values: Float32Array): boolean => {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) return true;
  }
  return false;
};

/**
 * Adds to `sums[row]` the path lengths of rows [from, to) of `values` (row by row, as wide as the
 * forest) over all trees. Trees are added in their order whatever the range, so that a row's sum
 * has the same bits however the rows are split among threads.
 */
export const addPathLengths = (
  forest: Forest,
  values: Float32Array,
  from: number,
  to: number,
  sums: Float64Array,
  missing: boolean,
): void => {
  const interleaved = forest.trees - (forest.trees % 4);
  const addFour = missing ? addFourTreesWithGaps : addFourTrees;
  for (let block = from; block < to; block += BLOCK_ROWS) {
    const end = Math.min(to, block + BLOCK_ROWS);
    for (let tree = 0; tree < interleaved; tree += 4) {
      addFour(forest, tree, values, block, end, sums);
    }
    for (let tree = interleaved; tree < forest.trees; tree++) {
      addOneTree(forest, tree, values, block, end, sums);
    }
  }
};

// Hot loops: typed arrays are indexed plainly (`!`), every index lies in the tree's own slots.
// Four trees at a time, because each walk waits for memory: measured twice as fast as one.
// The comparison is added as a number: as a branch it is mispredicted half the time, and the
// loop takes 3.5 times as long.
const addFourTrees = (
  forest: Forest,
  tree: number,
  values: Float32Array,
  from: number,
  to: number,
  sums: Float64Array,
): void => {
  const { depth, feature, threshold, pathLength } = forest;
  const columns = forest.names.length;
  const size = 1 << depth;
  const a = tree * size;
  const b = a + size;
  const c = b + size;
  const d = c + size;
  for (let row = from; row < to; row++) {
    const base = row * columns;
    let i = 1;
    let j = 1;
    let k = 1;
    let l = 1;
    for (let level = 0; level < depth; level++) {
      i = ((i << 1) + +(values[base + feature[a + i]!]! > threshold[a + i]!)) | 0;
      j = ((j << 1) + +(values[base + feature[b + j]!]! > threshold[b + j]!)) | 0;
      k = ((k << 1) + +(values[base + feature[c + k]!]! > threshold[c + k]!)) | 0;
      l = ((l << 1) + +(values[base + feature[d + l]!]! > threshold[d + l]!)) | 0;
    }
    // Leaf numbers still carry the leading 1 of the heap: a + i − size is leaf i of tree a.
    let sum = sums[row]! + pathLength[a + i - size]!;
    sum += pathLength[b + j - size]!;
    sum += pathLength[c + k - size]!;
    sums[row] = sum + pathLength[d + l - size]!;
  }
};

/** The same where values are missing: such a row takes the side the node remembers. Another loop, since it is slower. */
const addFourTreesWithGaps: typeof addFourTrees = (forest, tree, values, from, to, sums) => {
  const { depth, feature, threshold, missingRight, pathLength } = forest;
  const columns = forest.names.length;
  const size = 1 << depth;
  const a = tree * size;
  const b = a + size;
  const c = b + size;
  const d = c + size;
  for (let row = from; row < to; row++) {
    const base = row * columns;
    let i = 1;
    let j = 1;
    let k = 1;
    let l = 1;
    for (let level = 0; level < depth; level++) {
      const p = values[base + feature[a + i]!]!;
      const q = values[base + feature[b + j]!]!;
      const r = values[base + feature[c + k]!]!;
      const s = values[base + feature[d + l]!]!;
      i = ((i << 1) + (+(p > threshold[a + i]!) | (+(p !== p) & missingRight[a + i]!))) | 0;
      j = ((j << 1) + (+(q > threshold[b + j]!) | (+(q !== q) & missingRight[b + j]!))) | 0;
      k = ((k << 1) + (+(r > threshold[c + k]!) | (+(r !== r) & missingRight[c + k]!))) | 0;
      l = ((l << 1) + (+(s > threshold[d + l]!) | (+(s !== s) & missingRight[d + l]!))) | 0;
    }
    let sum = sums[row]! + pathLength[a + i - size]!;
    sum += pathLength[b + j - size]!;
    sum += pathLength[c + k - size]!;
    sums[row] = sum + pathLength[d + l - size]!;
  }
};

const addOneTree = (
  forest: Forest,
  tree: number,
  values: Float32Array,
  from: number,
  to: number,
  sums: Float64Array,
): void => {
  const { depth, feature, threshold, missingRight, pathLength } = forest;
  const columns = forest.names.length;
  const size = 1 << depth;
  const a = tree * size;
  for (let row = from; row < to; row++) {
    const base = row * columns;
    let i = 1;
    for (let level = 0; level < depth; level++) {
      const value = values[base + feature[a + i]!]!;
      const isMissing = +(value !== value);
      i = ((i << 1) + (+(value > threshold[a + i]!) | (isMissing & missingRight[a + i]!))) | 0;
    }
    sums[row]! += pathLength[a + i - size]!;
  }
};
