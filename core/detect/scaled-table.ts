import type { FeatureTable, Matrix } from '../table/table.ts';
import { emptyMatrix, fillScaled, fitScale, scalerOf, type ColumnScale, type Scaler } from './scale.ts';

export type Scaled = { readonly scaler: Scaler; readonly matrix: Matrix };

/** Scales the table when a mode is first asked for, with a pause after each column, and warns once of what was lost. */
export const makeScaled = (
  table: FeatureTable,
  rows: readonly number[],
  peers: number,
  warnings: string[],
  pace: () => Promise<void>,
): { (mode: 'linear' | 'shaped'): Promise<Scaled>; used(): readonly ('linear' | 'shaped')[] } => {
  const made = new Map<'linear' | 'shaped', Scaled>();
  const scale = async (mode: 'linear' | 'shaped'): Promise<Scaled> => {
    const before = made.get(mode);
    if (before !== undefined) return before;
    const learned = rows.slice(0, peers);
    const scales: (ColumnScale | undefined)[] = [];
    for (const j of table.names.keys()) {
      scales.push(fitScale(table, j, mode, learned));
      await pace();
    }
    const scaler = scalerOf(table, scales);
    const matrix = emptyMatrix(scaler, rows.length);
    let clamped = 0;
    for (const j of scaler.columns.keys()) {
      clamped += fillScaled(matrix, scaler, j, table, rows);
      await pace();
    }
    if (made.size === 0 && scaler.dropped.length > 0) {
      warnings.push(`Left out, because they do not vary: ${scaler.dropped.join(', ')}.`);
    }
    if (made.size === 0 && clamped > 0) {
      warnings.push(`${clamped} infinite values were put just beyond the largest finite ones.`);
    }
    const result = { scaler, matrix };
    made.set(mode, result);
    return result;
  };
  return Object.assign(scale, { used: () => [...made.keys()] });
};

/** The first rows of a matrix, in place. */
export const firstRows = (matrix: Matrix, rows: number): Matrix => ({
  ...matrix,
  rows,
  values: matrix.values.subarray(0, rows * matrix.columns),
});
