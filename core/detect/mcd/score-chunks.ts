import { drawnIn, FAR_FOR_DISTANCES } from '../drawn-in.ts';
import { squaredDistance, type Spread } from './spread.ts';

/** Rows to measure: everything large lies on shared memory when other threads take part. */
export type DistanceJob = {
  readonly spread: Spread;
  readonly values: Float32Array;
  readonly rows: number;
  /** Takes the distances. */
  readonly results: Float64Array;
};

/** Rows a thread takes at a time. */
export const CHUNK_ROWS = 1024;

/** What measures chunk i of a job: rows [i, i + 1) · CHUNK_ROWS. */
export const distanceChunks = ({ spread, values, rows, results }: DistanceJob): ((chunk: number) => void) => {
  const columns = spread.location.length;
  const work = new Float64Array(columns);
  const own = new Float64Array(columns);
  return (chunk) => {
    const to = Math.min(rows, (chunk + 1) * CHUNK_ROWS);
    for (let row = chunk * CHUNK_ROWS; row < to; row++) {
      // Hot loop: row and column are inside the matrix.
      for (let j = 0; j < columns; j++) own[j] = drawnIn(values[row * columns + j]!, FAR_FOR_DISTANCES);
      results[row] = Math.sqrt(squaredDistance(spread, own, 0, work));
    }
  };
};
