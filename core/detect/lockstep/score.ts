import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import type { Lockstep } from './fit.ts';
import { rowKey, rowsKey } from './row-key.ts';

/**
 * The scores of the rows the model was fitted on, which come first in the matrix; 0 for rows after them, and for all
 * rows of any other table: who is alike is a property of the population, and a model holds none of it.
 */
export const scoreLockstep = async ({ found }: Lockstep, matrix: Matrix, run: Run): Promise<Float64Array> => {
  await makePace(run)();
  const scores = new Float64Array(matrix.rows);
  if (found === undefined || matrix.rows < found.rows) return scores;
  if (rowsKey(matrix.values, found.rows, matrix.columns) === found.key) scores.set(found.scores);
  return scores;
};

/**
 * What each feature adds to the score of a near twin: its part in the decades of evidence, larger for values on which
 * the group agrees and the others do not (Kullback & Leibler 1951). 0 for rows in no such group.
 */
export const attributeLockstep = async ({ found }: Lockstep, matrix: Matrix, run: Run): Promise<Float64Array> => {
  const { rows, columns, values } = matrix;
  const pace = makePace(run);
  const parts = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const reason = found?.reasons.get(rowKey(values, i * columns, columns));
    if (reason !== undefined) parts.set(reason, i * columns);
    await pace();
  }
  return parts;
};

/**
 * Per score the chance that a case of this size without lockstep holds any actor as alike: 10^(1 − score), at most
 * 1. A score is the decades of that chance plus less than 1, so this is never below the chance itself, and up to ten
 * times above.
 */
export const chanceOfLockstep = (_: Lockstep, scores: Float64Array): Float64Array =>
  scores.map((score) => Math.min(1, 10 ** (1 - score)));
