import type { Forest } from './forest.ts';
import { addPathLengths, type Cells } from './traverse.ts';

/** Rows to score: everything large lies on shared memory when other threads take part, so nothing is copied. */
export type ScoreJob = {
  readonly forest: Forest;
  /** The same for the same forest, which arrives at a thread as another object every time. */
  readonly forestNumber: number;
  readonly cells: Cells;
  /** c(ψ) times the trees; 0 for the sums themselves. */
  readonly perTrees: number;
  /** Zeros at first: takes the scores or the sums. */
  readonly results: Float64Array;
};

/** Rows a thread takes at a time. */
export const CHUNK_ROWS = 4096;

let last: Pick<ScoreJob, 'forest' | 'forestNumber'> | undefined;

/** What scores chunk k of a job: rows [k, k + 1) · CHUNK_ROWS. */
export const scoreChunks = (job: ScoreJob): ((chunk: number) => void) => {
  const { cells, perTrees, results } = job;
  if (last?.forestNumber !== job.forestNumber) last = job;
  const { forest } = last;
  return (chunk) => {
    const from = chunk * CHUNK_ROWS;
    const to = Math.min(cells.rows, from + CHUNK_ROWS);
    addPathLengths(forest, cells, from, to, results);
    // Hot loop: `!` below a bound.
    if (perTrees > 0) for (let row = from; row < to; row++) results[row] = scoreOf(results[row]!, perTrees);
  };
};

/** 2^(−sum / perTrees): Liu, Ting & Zhou 2008, eq. 2. */
export const scoreOf = (sum: number, perTrees: number): number => 2 ** (-sum / perTrees);
