import type { Watch } from '../../api/progress.ts';
import { makeRowSampler, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import { requireContent } from '../require-content.ts';
import { emptyForest, MAX_COLUMNS, type Forest } from './forest.ts';
import { makeGrower } from './grow.ts';

export type ForestOptions = {
  readonly trees?: number;
  readonly sampleSize?: number;
};

/** 400 trees: scores settle beyond the 100 of Liu, Ting & Zhou 2008, at a cost that stays small. */
const DEFAULT_TREES = 400;
/** ψ = 256: Liu, Ting & Zhou 2008, section 4.1. */
const DEFAULT_SAMPLE_SIZE = 256;

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
  const { rows, names } = matrix;
  requireContent(matrix, MAX_COLUMNS);
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
