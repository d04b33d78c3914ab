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
  const { rows, columns, values, names } = matrix;
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
  const grow = makeGrower(forest, columns);
  const sample = new Float32Array(sampleSize * columns);
  const drawRows = makeRowSampler(rows, sampleSize);
  const pace = makePace(watch);
  for (let tree = 0; tree < trees; tree++) {
    const own = random.fork(tree);
    const picked = drawRows(own);
    for (let k = 0; k < sampleSize; k++) {
      const at = (picked[k] ?? 0) * columns;
      for (let j = 0; j < columns; j++) sample[k * columns + j] = values[at + j] ?? 0;
    }
    grow(tree, sample, own);
    await pace();
  }
  watch.onProgress?.({ stage: 'isolationForest', done: trees, total: trees, unit: 'trees' });
  return forest;
};

/** Draws `size` different rows of `rows`, every subset equally likely (Floyd, in Bentley 1987). */
const makeRowSampler = (rows: number, size: number): ((random: Random) => Uint32Array) => {
  const seenIn = new Uint32Array(rows);
  const picked = new Uint32Array(size);
  let draw = 0;
  return (random) => {
    draw++;
    for (let k = 0; k < size; k++) {
      const last = rows - size + k;
      const candidate = random.int(last + 1);
      const row = seenIn[candidate] === draw ? last : candidate;
      seenIn[row] = draw;
      picked[k] = row;
    }
    return picked;
  };
};
