import { availableParallelism } from 'node:os';
import { NightjarError, throwIfCancelled } from '../../api/errors.ts';
import type { ColumnBatch, Matrix } from '../../table/table.ts';
import { inChunks, onSharedMemory } from '../../workers/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { averagePathLength, type Forest } from './forest.ts';
import { CHUNK_ROWS, scoreChunks, scoreOf, type ScoreJob } from './score-chunks.ts';
import { addPathLengths, columnByColumn, rowByRow, type Cells } from './traverse.ts';

/** Below this many walks (rows × trees) one thread is done before a second has started. */
const WALKS_WORTH_WORKERS = 2e7;

/**
 * Anomaly score 2^(−E[h(x)] / c(ψ)) of each row, in (0, 1), higher is odder (Liu, Ting & Zhou
 * 2008, eq. 2). Missing values are NaN. The same bits for any number of threads; a matrix that
 * does not lie on shared memory is copied once when several are used. Throws `usage` for a table
 * without the model's features, `cancelled`.
 */
export const scoreForest = (forest: Forest, matrix: Matrix, run: Run = {}): Promise<Float64Array> =>
  score(forest, rowByRow(matrix), run, false);

/** As `scoreForest`, but where other threads are worth it they do all, and the caller's can read on meanwhile. */
export const scoreElsewhere = (forest: Forest, batch: ColumnBatch, run: Run = {}): Promise<Float64Array> =>
  score(forest, columnByColumn(batch), run, true);

/** As `scoreForest`, but each row's sum of path lengths over the trees. */
export const sumPathLengths = (forest: Forest, matrix: Matrix, run: Run = {}): Promise<Float64Array> =>
  compute(forest, rowByRow(matrix), run, 0, false);

/** The score of one row, at once: for rows that arrive one by one. Throws `usage` for a row of another width. */
export const scoreRow = (forest: Forest, row: Float32Array): number => {
  requireWidth(forest, row.length);
  const sum = new Float64Array(1);
  addPathLengths(forest, rowByRow({ rows: 1, columns: row.length, values: row }), 0, 1, sum);
  const perTrees = perTreesOf(forest);
  return perTrees > 0 ? scoreOf(sum[0] ?? 0, perTrees) : NOTHING_LEARNT;
};

const score = async (forest: Forest, cells: Cells, run: Run, elsewhere: boolean): Promise<Float64Array> => {
  const perTrees = perTreesOf(forest);
  const results = await compute(forest, cells, run, perTrees, elsewhere);
  return perTrees > 0 ? results : results.fill(NOTHING_LEARNT);
};

/** Score of everything where each tree saw one row: neither odd nor not. */
const NOTHING_LEARNT = 0.5;

const perTreesOf = ({ sampleSize, trees }: Forest): number => averagePathLength(sampleSize) * trees;

const numbers = new WeakMap<Forest, number>();
let given = 0;

const numberOf = (forest: Forest): number => {
  const number = numbers.get(forest) ?? ++given;
  numbers.set(forest, number);
  return number;
};

const compute = async (
  forest: Forest,
  cells: Cells,
  run: Run,
  perTrees: number,
  elsewhere: boolean,
): Promise<Float64Array> => {
  requireWidth(forest, cells.columns);
  const { rows } = cells;
  const chunks = Math.ceil(rows / CHUNK_ROWS);
  const many = rows * forest.trees >= WALKS_WORTH_WORKERS;
  const threads = many ? Math.max(1, Math.min(run.threads ?? availableParallelism(), chunks)) : 1;
  const leaveCallerFree = elsewhere && many;
  const isShared = threads > 1 || leaveCallerFree;
  const job: ScoreJob = {
    forest,
    forestNumber: numberOf(forest),
    cells: isShared ? { ...cells, values: onSharedMemory(cells.values) } : cells,
    perTrees,
    results: isShared ? new Float64Array(new SharedArrayBuffer(rows * 8)) : new Float64Array(rows),
  };
  const pace = makePace(run);
  const report = (done: number): void =>
    run.onProgress?.({ stage: 'isolationForest', done: Math.min(done, rows), total: rows, unit: 'rows' });
  const { signal } = run;
  const others = { threads, leaveCallerFree, from: import.meta.url, module: './forest-worker' };
  await inChunks({ job, chunks, ...others, ...(signal && { signal }) }, scoreChunks(job), async (taken) => {
    report(taken * CHUNK_ROWS);
    await pace();
  });
  throwIfCancelled(signal);
  report(rows);
  return job.results;
};

const requireWidth = (forest: Forest, columns: number): void => {
  if (columns === forest.names.length) return;
  throw new NightjarError('usage', 'The table does not have the features of the model.', {
    where: `${columns} instead of ${forest.names.length} features`,
    next: 'Score with the features the model was fitted on, in the same order.',
  });
};
