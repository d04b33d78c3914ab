import type { FeatureTable, Matrix } from '../table/table.ts';
import { applyScaler, fitScaler, type Scaler } from './scale.ts';

export type Scaled = { readonly scaler: Scaler; readonly matrix: Matrix };

/** Scales the table when a mode is first asked for, and warns once of what was lost. */
export const makeScaled = (
  table: FeatureTable,
  rows: readonly number[],
  peers: number,
  warnings: string[],
): { (mode: 'linear' | 'shaped'): Scaled; used(): readonly ('linear' | 'shaped')[] } => {
  const made = new Map<'linear' | 'shaped', Scaled>();
  const scale = (mode: 'linear' | 'shaped'): Scaled => {
    const before = made.get(mode);
    if (before !== undefined) return before;
    const scaler = fitScaler(table, mode, rows.slice(0, peers));
    const { matrix, clamped } = applyScaler(scaler, table, rows);
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
