import { availableParallelism } from 'node:os';
import type { Matrix } from '../../table/table.ts';
import { inChunks, onSharedMemory } from '../../workers/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import type { Centres } from './microaggregate.ts';
import { CHUNK_ROWS, searchChunks } from './search-chunks.ts';
import type { Nearest } from './tile.ts';

/** Below this many products (rows × centres × columns) one thread is done before a second has started. */
const PRODUCTS_WORTH_WORKERS = 3e8;

/**
 * Exact nearest centres of each row by Euclidean distance, at most `most` of them, all compared with all. Values
 * are drawn in and missing ones 0 (`drawnIn`). The same bits for any number of threads. `stage` names the progress. Throws
 * `cancelled`.
 */
export const nearestCentres = async (
  centres: Centres,
  matrix: Matrix,
  most: number,
  stage: string,
  run: Run = {},
): Promise<Nearest> => {
  const { rows, columns } = matrix;
  const k = Math.min(most, centres.count);
  const chunks = Math.ceil(rows / CHUNK_ROWS);
  const worthwhile = rows * centres.count * columns >= PRODUCTS_WORTH_WORKERS;
  const threads = worthwhile ? Math.min(run.threads ?? availableParallelism(), chunks) : 1;
  const nearest: Nearest = {
    k,
    index: new Uint16Array(memory(rows * k * 2, threads > 1)),
    distance: new Float32Array(memory(rows * k * 4, threads > 1)),
  };
  const values = threads > 1 ? onSharedMemory(matrix.values) : matrix.values;
  const job = { centres, values, rows, nearest };
  const pace = makePace(run);
  await inChunks(
    { job, chunks, threads, from: import.meta.url, module: './nearest-worker' },
    searchChunks(job),
    async (taken) => {
      run.onProgress?.({ stage, done: Math.min(taken * CHUNK_ROWS, rows), total: rows, unit: 'rows' });
      await pace();
    },
  );
  return nearest;
};

const memory = (bytes: number, shared: boolean): ArrayBuffer | SharedArrayBuffer =>
  shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
