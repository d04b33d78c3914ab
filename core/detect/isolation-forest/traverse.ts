import type { ColumnBatch, Matrix } from '../../table/table.ts';
import type { Forest } from './forest.ts';
import { LANES, makeWalk } from './kernel/walk.ts';

/** Rows worked on together: with 20 columns they fit beside the trees below in a core's first cache. */
const BLOCK_ROWS = 64;
const TREES_TOGETHER = 4;

/** A table as wide as the forest: value of row i, column j at `values[i * rowStep + j * columnStep]`. */
export type Cells = Pick<Matrix, 'rows' | 'columns' | 'values'> & {
  readonly rowStep: number;
  readonly columnStep: number;
};

export const rowByRow = ({ rows, columns, values }: Pick<Matrix, 'rows' | 'columns' | 'values'>): Cells => ({
  rows,
  columns,
  values,
  rowStep: columns,
  columnStep: 1,
});

export const columnByColumn = ({ rows, columns, values, capacity }: ColumnBatch): Cells => ({
  rows,
  columns,
  values,
  rowStep: 1,
  columnStep: capacity,
});

/** Adds to `sums[row]` the path lengths of rows [from, to) over all trees. */
type Walker = (cells: Cells, from: number, to: number, sums: Float64Array) => void;

const walkers = new WeakMap<Forest, Walker>();

/**
 * Adds to `sums[row]` the path lengths of rows [from, to) of `cells` over all trees. Trees are added in their order whatever the range, so that a row's sum
 * has the same bits however the rows are split among threads. The forest is laid out for speed at
 * its first use: it must not be changed after that.
 */
export const addPathLengths = (forest: Forest, cells: Cells, from: number, to: number, sums: Float64Array): void => {
  const walker = walkers.get(forest) ?? makeWalker(forest);
  walkers.set(forest, walker);
  walker(cells, from, to, sums);
};

/**
 * What a split reads: a column, where a missing value (NaN) takes one side. As NaN is above no threshold it goes left;
 * for splits that send it right there is another copy of the column with +∞ in its place, right behind the first if both are read.
 */
type Source = { readonly column: number; readonly missingRight: boolean; readonly isCopy: boolean };

const makeWalker = (forest: Forest): Walker => {
  const { trees, depth, feature, threshold, missingRight, pathLength } = forest;
  const size = 2 ** depth;
  const { sources, placeOf } = listSources(forest);
  const treeBytes = 16 * size;
  const sumsAt = trees * treeBytes;
  const rowsAt = sumsAt + 8 * BLOCK_ROWS;
  const columnBytes = 4 * BLOCK_ROWS;
  const { walk, buffer } = makeWalk(depth, rowsAt + columnBytes * sources.length);
  const integers = new Int32Array(buffer);
  const floats = new Float32Array(buffer);
  const doubles = new Float64Array(buffer);
  const blockSums = doubles.subarray(sumsAt / 8, sumsAt / 8 + BLOCK_ROWS);

  // Hot loops from here: `!` on indices that the loops bound.
  for (let slot = 0; slot < trees * size; slot++) {
    const tree = Math.floor(slot / size);
    const at = tree * 2 * size + (slot - tree * size);
    integers[2 * at] = columnBytes * placeOf[2 * feature[slot]! + missingRight[slot]!]!;
    floats[2 * at + 1] = threshold[slot]!;
    doubles[at + size] = pathLength[slot]!;
  }

  const load = ({ values, rowStep, columnStep }: Cells, from: number, count: number): void => {
    let gaps = false;
    for (let place = 0; place < sources.length; place++) {
      const { column, missingRight, isCopy } = sources[place]!;
      const start = rowsAt / 4 + place * BLOCK_ROWS;
      const end = start + count;
      if (isCopy) floats.copyWithin(start, start - BLOCK_ROWS, end - BLOCK_ROWS);
      else {
        gaps = false;
        let at = from * rowStep + column * columnStep;
        for (let k = start; k < end; k++) {
          const value = values[at]!;
          if (value !== value) gaps = true;
          floats[k] = value;
          at += rowStep;
        }
      }
      if (!gaps || !missingRight) continue;
      for (let k = start; k < end; k++) if (floats[k] !== floats[k]) floats[k] = Number.POSITIVE_INFINITY;
    }
  };

  return (cells, from, to, sums) => {
    for (let block = from; block < to; block += BLOCK_ROWS) {
      const count = Math.min(to - block, BLOCK_ROWS);
      const rowsEnd = rowsAt + 4 * LANES * Math.ceil(count / LANES);
      load(cells, block, count);
      for (let k = 0; k < count; k++) blockSums[k] = sums[block + k]!;
      for (let tree = 0; tree < trees; tree += TREES_TOGETHER) {
        walk(tree * treeBytes, Math.min(trees, tree + TREES_TOGETHER) * treeBytes, rowsAt, rowsEnd, sumsAt);
      }
      for (let k = 0; k < count; k++) sums[block + k] = blockSums[k]!;
    }
  };
};

/** The columns that splits read, in order, and where each lies: `placeOf[2 · column + missingRight]`. */
const listSources = (forest: Forest): { readonly sources: readonly Source[]; readonly placeOf: Int32Array } => {
  const { feature, threshold, missingRight } = forest;
  const placeOf = new Int32Array(2 * forest.names.length);
  threshold.forEach((limit, slot) => {
    if (limit !== Number.POSITIVE_INFINITY) placeOf[2 * (feature[slot] ?? 0) + (missingRight[slot] ?? 0)] = 1;
  });
  const sources: Source[] = [];
  placeOf.forEach((used, key) => {
    // A branch that has ended reads whatever lies first: nothing is above its threshold.
    placeOf[key] = used === 0 ? 0 : sources.length;
    if (used === 0) return;
    const column = key >> 1;
    sources.push({ column, missingRight: key % 2 === 1, isCopy: sources.at(-1)?.column === column });
  });
  return { sources, placeOf };
};
