import { availableParallelism } from 'node:os';
import { NightjarError } from '../../api/errors.ts';
import type { Matrix } from '../../table/table.ts';
import { inChunks, onSharedMemory } from '../../workers/index.ts';
import { sumPathLengths } from '../isolation-forest/score.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { isPlain, type CutForest } from './cut-forest.ts';
import { CHUNK_ROWS, sumChunks, type SumJob } from './sum-chunks.ts';
import { stageOf } from './recipes.ts';

/** Below this many walks (rows × trees) one thread is done before a second has started. */
const WALKS_WORTH_WORKERS = 1e7;

/**
 * Per row the sum of the leaf values it reaches over all trees; the same bits for any number of
 * threads. A matrix that does not lie on shared memory is copied once when workers are used.
 * Throws `usage` for a matrix without the model's features, `cancelled`.
 */
export const sumLeafValues = async (forest: CutForest, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  if (isPlain(forest)) return sumPathLengths(forest, matrix, run);
  const { rows, columns, values } = matrix;
  if (columns !== forest.names.length) {
    throw new NightjarError('usage', 'The table does not have the features of the model.', {
      where: `${columns} instead of ${forest.names.length} features`,
      next: 'Score with the features the model was fitted on, in the same order.',
    });
  }
  const chunks = Math.ceil(rows / CHUNK_ROWS);
  const many = rows * forest.trees >= WALKS_WORTH_WORKERS;
  const threads = many ? Math.max(1, Math.min(run.threads ?? availableParallelism(), chunks)) : 1;
  const job: SumJob = {
    forest,
    values: threads > 1 ? onSharedMemory(values) : values,
    rows,
    sums: new Float64Array(threads > 1 ? new SharedArrayBuffer(rows * 8) : new ArrayBuffer(rows * 8)),
  };
  const pace = makePace(run);
  await inChunks(
    { job, chunks, threads, from: import.meta.url, module: './cut-worker' },
    sumChunks(job),
    async (taken) => {
      run.onProgress?.({
        stage: stageOf(forest.recipe),
        done: Math.min(rows, taken * CHUNK_ROWS),
        total: rows,
        unit: 'rows',
      });
      await pace();
    },
  );
  return job.sums;
};
