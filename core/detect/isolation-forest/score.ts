import { availableParallelism } from 'node:os';
import { NightjarError, throwIfCancelled } from '../../api/errors.ts';
import { spawnWorker } from '../../workers/index.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { averagePathLength, type Forest } from './forest.ts';
import { addPathLengths, hasMissing } from './traverse.ts';

/** What a worker is given: everything lies on shared memory, so nothing is copied. */
export type ScoreJob = {
  readonly forest: Forest;
  readonly values: Float32Array;
  readonly rows: number;
  readonly sums: Float64Array;
  /** One Int32: the next chunk nobody has taken. */
  readonly next: Int32Array;
  readonly missing: boolean;
};

/** Rows a thread takes at a time. */
export const CHUNK_ROWS = 4096;
/** Below this many walks (rows × trees) one thread is done before a second has started. */
const WALKS_WORTH_WORKERS = 2e7;

/**
 * Anomaly score 2^(−E[h(x)] / c(ψ)) of each row, in (0, 1), higher is odder (Liu, Ting & Zhou
 * 2008, eq. 2). Missing values are NaN. The same bits for any number of threads; a matrix that
 * does not lie on shared memory is copied once when workers are used.
 */
export const scoreForest = async (forest: Forest, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  if (matrix.columns !== forest.names.length) {
    throw new NightjarError('usage', 'The table does not have the features of the model.', {
      where: `${matrix.columns} instead of ${forest.names.length} features`,
      next: 'Score with the features the model was fitted on, in the same order.',
    });
  }
  const { rows } = matrix;
  const missing = hasMissing(matrix.values);
  const threads = Math.min(run.threads ?? availableParallelism(), Math.ceil(rows / CHUNK_ROWS));
  const sums =
    threads > 1 && rows * forest.trees >= WALKS_WORTH_WORKERS
      ? await sumOnWorkers(forest, matrix, missing, threads, run)
      : await sumHere(forest, matrix, missing, run);
  const perTree = averagePathLength(forest.sampleSize) * forest.trees;
  return sums.map((sum) => (perTree > 0 ? 2 ** (-sum / perTree) : 0.5));
};

const report = (run: Run, done: number, rows: number): void =>
  run.onProgress?.({
    stage: 'isolationForest',
    done: Math.min(done, rows),
    total: rows,
    unit: 'rows',
  });

const sumHere = async (forest: Forest, { values, rows }: Matrix, missing: boolean, run: Run): Promise<Float64Array> => {
  const sums = new Float64Array(rows);
  const pace = makePace(run);
  for (let from = 0; from < rows; from += CHUNK_ROWS) {
    addPathLengths(forest, values, from, Math.min(rows, from + CHUNK_ROWS), sums, missing);
    report(run, from + CHUNK_ROWS, rows);
    await pace();
  }
  return sums;
};

const sumOnWorkers = async (
  forest: Forest,
  { values, rows }: Matrix,
  missing: boolean,
  threads: number,
  run: Run,
): Promise<Float64Array> => {
  throwIfCancelled(run.signal);
  const sums = new Float64Array(new SharedArrayBuffer(rows * 8));
  const job: ScoreJob = {
    forest,
    values: onSharedMemory(values),
    rows,
    sums,
    next: new Int32Array(new SharedArrayBuffer(4)),
    missing,
  };
  const workers = Array.from({ length: threads }, () => spawnWorker(import.meta.url, './forest-worker', job));
  let chunks = 0;
  let stop: () => void = () => undefined;
  try {
    await Promise.race([
      new Promise<never>((_, reject) => {
        stop = () => reject(new NightjarError('cancelled', 'Cancelled.'));
        run.signal?.addEventListener('abort', stop);
      }),
      Promise.all(
        workers.map(
          (worker) =>
            new Promise<void>((resolve, reject) => {
              worker.on('message', () => report(run, ++chunks * CHUNK_ROWS, rows));
              worker.on('error', (cause) => reject(workerFailed(cause)));
              worker.on('exit', (code) => (code === 0 ? resolve() : reject(workerFailed(code))));
            }),
        ),
      ),
    ]);
  } finally {
    run.signal?.removeEventListener('abort', stop);
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return sums;
};

const workerFailed = (cause: unknown): NightjarError =>
  new NightjarError('internal', 'A scoring thread stopped early.', {}, cause);

const onSharedMemory = (values: Float32Array): Float32Array => {
  if (values.buffer instanceof SharedArrayBuffer) return values;
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};
