import { availableParallelism } from 'node:os';
import { inChunks, onSharedMemory } from '../../workers/index.ts';
import { chiSquareBelow, chiSquareQuantile, solveUpper } from '../../math/index.ts';
import { drawRows, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';
import { requireWidth } from '../neighbours/index.ts';
import { drawnIn, FAR_FOR_DISTANCES } from '../drawn-in.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { fastMcd, type McdOptions } from './fast-mcd.ts';
import { CHUNK_ROWS, distanceChunks, type DistanceJob } from './score-chunks.ts';
import { spreadOf, squaredDistance, squaredDistances, type Rows, type Spread } from './spread.ts';

export type Mcd = { readonly names: readonly string[] } & Spread;

/** Rows the estimate is made from; the error of a covariance from as many is far below what scores can tell. */
const MOST_ROWS = 5000;
/** Variance added to every column, which has a spread near 1: no direction counts as narrower than that. */
const RIDGE = 0.02;
/** Share of the rows the estimate rests on: up to a quarter may be foul (Rousseeuw & Van Driessen 1999, section 6). */
const SUPPORT = 0.75;
/** Rousseeuw & Van Driessen 1999, section 5: rows beyond this quantile of χ² do not count in the final estimate. */
const KEPT_QUANTILE = 0.975;
/** Below this many rows × columns² one thread is done before a second has started. */
const STEPS_WORTH_WORKERS = 3e8;

/**
 * Robust location and covariance of at most 5,000 rows drawn by `random`: FastMCD, made consistent at the normal
 * distribution (Croux & Haesbroeck 1999), then once more from the rows it does not find far (one-step reweighting). A
 * missing value stands at the column's median, 0; one beyond ±20 is drawn in (`drawnIn`), here and in distances.
 */
export const fitMcd = async (
  matrix: Matrix,
  random: Random,
  run: Run = {},
  options: Partial<McdOptions> = {},
): Promise<Mcd> => {
  const rows = rowsOf(matrix, drawRows(matrix.rows, MOST_ROWS, random));
  const { columns, count } = rows;
  const { ridge = RIDGE, support = SUPPORT } = options;
  const pace = makePace(run);
  const { picked } = await fastMcd(rows, random, { ...options, ridge, support }, pace);
  const raw = spreadOf(rows, picked, ridge, consistency(columns, picked.length / count));
  const distances = new Float64Array(count);
  squaredDistances(raw, rows, distances);
  const limit = chiSquareQuantile(columns, KEPT_QUANTILE);
  const kept = Uint32Array.from({ length: count }, (_, i) => i).filter((row) => (distances[row] ?? 0) < limit);
  const enough = kept.length > columns;
  const spread = enough ? spreadOf(rows, kept, ridge, consistency(columns, KEPT_QUANTILE)) : raw;
  run.onProgress?.({ stage: 'mcd', done: count, total: count, unit: 'rows' });
  return { names: matrix.names, ...spread };
};

/** c = α / P(χ² with p + 2 degrees of freedom ≤ the α quantile with p): Croux & Haesbroeck 1999. */
const consistency = (columns: number, alpha: number): number =>
  alpha >= 1 ? 1 : alpha / chiSquareBelow(columns + 2, chiSquareQuantile(columns, alpha));

const rowsOf = ({ columns, values }: Matrix, picked: Uint32Array): Rows => {
  const taken = new Float64Array(picked.length * columns);
  picked.forEach((row, k) => {
    for (let j = 0; j < columns; j++) {
      const value = values[row * columns + j] ?? 0;
      taken[k * columns + j] = value === value ? drawnIn(value, FAR_FOR_DISTANCES) : 0;
    }
  });
  return { count: picked.length, columns, values: taken };
};

/**
 * Robust Mahalanobis distance of each row, values far out drawn in; a missing value counts as the location. The same
 * bits for any number of threads.
 */
export const scoreMcd = async (model: Mcd, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const { rows, columns } = matrix;
  requireWidth(model, matrix);
  const chunks = Math.ceil(rows / CHUNK_ROWS);
  const worthwhile = rows * columns * columns >= STEPS_WORTH_WORKERS;
  const threads = worthwhile ? Math.min(run.threads ?? availableParallelism(), chunks) : 1;
  const job: DistanceJob = {
    spread: model,
    values: threads > 1 ? onSharedMemory(matrix.values) : matrix.values,
    rows,
    results: new Float64Array(threads > 1 ? new SharedArrayBuffer(rows * 8) : new ArrayBuffer(rows * 8)),
  };
  const pace = makePace(run);
  await inChunks(
    { job, chunks, threads, from: import.meta.url, module: './score-worker' },
    distanceChunks(job),
    async (taken) => {
      run.onProgress?.({ stage: 'mcd', done: Math.min(taken * CHUNK_ROWS, rows), total: rows, unit: 'rows' });
      await pace();
    },
  );
  return job.results;
};

/**
 * Parts of the distance d: (x − m)ⱼ (S⁻¹(x − m))ⱼ / d per column, which add up to d. A negative part says that the column
 * makes the others look less odd.
 */
export const attributeMcd = async (model: Mcd, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  requireWidth(model, matrix);
  const { rows, columns, values } = matrix;
  const parts = new Float64Array(rows * columns);
  const work = new Float64Array(columns);
  const own = new Float64Array(columns);
  const pace = makePace(run);
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++) own[j] = drawnIn(values[row * columns + j] ?? 0, FAR_FOR_DISTANCES);
    const distance = Math.sqrt(squaredDistance(model, own, 0, work));
    if (distance === 0) continue;
    solveUpper(model.lower, columns, work);
    for (let j = 0; j < columns; j++) {
      const value = own[j] ?? 0;
      const centred = value === value ? value - (model.location[j] ?? 0) : 0;
      parts[row * columns + j] = (centred * (work[j] ?? 0)) / distance;
    }
    if (row % 64 === 0) await pace();
  }
  return parts;
};
