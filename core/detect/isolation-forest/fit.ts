import { NightjarError } from '../../api/errors.ts';
import type { Watch } from '../../api/progress.ts';
import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import { emptyForest, MAX_COLUMNS, type Forest } from './forest.ts';
import { makeGrower } from './grow.ts';

export type ForestOptions = {
  readonly trees?: number;
  readonly sampleSize?: number;
};

/** 400 trees: scores settle beyond the 100 of Liu, Ting & Zhou 2008, at a cost that stays small. */
export const DEFAULT_TREES = 400;
/** ψ = 256: Liu, Ting & Zhou 2008, section 4.1. */
export const DEFAULT_SAMPLE_SIZE = 256;

/**
 * An isolation forest (Liu, Ting & Zhou 2008, algorithm 1): each tree sees `sampleSize` rows drawn
 * without replacement. The matrix is read in place and never copied; each tree draws from its own
 * fork of `random`. On one thread: growing 400 trees costs less than starting a worker.
 */
export const fitForest = async (
  matrix: Matrix,
  random: Random,
  watch: Watch = {},
  options: ForestOptions = {},
): Promise<Forest> => {
  const { rows, columns, names } = matrix;
  if (rows === 0 || columns === 0) {
    throw new NightjarError('input', 'There is nothing to learn from: the table is empty.', {
      next: 'Give at least one actor and one feature that varies.',
    });
  }
  if (columns > MAX_COLUMNS) {
    throw new NightjarError('input', `The table has more than ${MAX_COLUMNS} features.`, {
      next: 'Leave some columns out.',
    });
  }
  const trees = options.trees ?? DEFAULT_TREES;
  const sampleSize = Math.min(options.sampleSize ?? DEFAULT_SAMPLE_SIZE, rows);
  const forest = emptyForest(names, trees, sampleSize);
  const grow = makeGrower(forest, matrix);
  const drawRows = makeRowSampler(rows, sampleSize);
  const pace = makePace(watch);
  for (let tree = 0; tree < trees; tree++) {
    const own = random.fork(tree);
    grow(tree, drawRows(own), own);
    await pace();
  }
  watch.onProgress?.({ stage: 'isolationForest', done: trees, total: trees, unit: 'trees' });
  return forest;
};

/**
 * Draws `size` different rows of `rows`, every subset equally likely (Floyd, in Bentley 1987). The array it returns is
 * filled anew by the next draw.
 */
export const makeRowSampler = (rows: number, size: number): ((random: Random) => Uint32Array) => {
  const picked = new Uint32Array(size);
  // Rows taken so far, plus one, by open addressing: at most a quarter full. An array over all rows would leave the cache.
  const mask = 2 ** Math.ceil(Math.log2(4 * size)) - 1;
  const taken = new Uint32Array(mask + 1);
  /** Whether it was not taken yet; it is afterwards. */
  const take = (row: number): boolean => {
    let at = Math.imul(row, 0x9e3779b1) & mask;
    for (; taken[at] !== 0; at = (at + 1) & mask) if (taken[at] === row + 1) return false;
    taken[at] = row + 1;
    return true;
  };
  return (random) => {
    taken.fill(0);
    for (let k = 0; k < size; k++) {
      const last = rows - size + k;
      const candidate = random.int(last + 1);
      const row = take(candidate) ? candidate : last;
      if (row !== candidate) take(last);
      picked[k] = row;
    }
    return picked;
  };
};
