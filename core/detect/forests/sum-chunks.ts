import type { CutForest } from './cut-forest.ts';
import { addLeafValues } from './walk.ts';

/** Rows to walk: everything large lies on shared memory when other threads take part, so nothing is copied. */
export type SumJob = {
  readonly forest: CutForest;
  readonly values: Float32Array;
  readonly rows: number;
  /** Zeros at first: takes the sums. */
  readonly sums: Float64Array;
};

/** Rows a thread takes at a time. */
export const CHUNK_ROWS = 2048;

/** What walks chunk k of a job: rows [k, k + 1) · CHUNK_ROWS. */
export const sumChunks =
  ({ forest, values, rows, sums }: SumJob): ((chunk: number) => void) =>
  (chunk) =>
    addLeafValues(forest, values, chunk * CHUNK_ROWS, Math.min(rows, (chunk + 1) * CHUNK_ROWS), sums);
