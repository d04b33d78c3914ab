import type { FeatureTable, Matrix } from '../table/table.ts';
import { listOf } from './lockstep/words.ts';
import { emptyMatrix, fillScaled, fitScale, scalerOf, type ColumnScale, type Scaler } from './scale.ts';

/** Of the features that were left out; the run names them all. */
const MOST_NAMED = 20;

export type Scaled = { readonly scaler: Scaler; readonly matrix: Matrix };

/**
 * Scales the table when a mode is first asked for, with a pause after each column, and warns once of what was lost.
 * With `categories` the matrix holds levels of categories, else how rare they are; the scaler is the same.
 */
export const makeScaled = (
  table: FeatureTable,
  rows: readonly number[],
  peers: number,
  warnings: string[],
  pace: () => Promise<void>,
): { (mode: 'linear' | 'shaped', categories?: boolean): Promise<Scaled>; used(): readonly ('linear' | 'shaped')[] } => {
  const scalers = new Map<'linear' | 'shaped', Scaler>();
  const made = new Map<string, Scaled>();
  const scalerFor = async (mode: 'linear' | 'shaped'): Promise<Scaler> => {
    const before = scalers.get(mode);
    if (before !== undefined) return before;
    const learned = rows.slice(0, peers);
    const scales: (ColumnScale | undefined)[] = [];
    for (const j of table.names.keys()) {
      scales.push(fitScale(table, j, mode, learned));
      await pace();
    }
    const scaler = scalerOf(table, scales);
    scalers.set(mode, scaler);
    return scaler;
  };
  const scale = async (mode: 'linear' | 'shaped', categories = false): Promise<Scaled> => {
    const scaler = await scalerFor(mode);
    const asLevels = categories && scaler.columns.some(({ rarity }) => rarity !== undefined);
    const key = `${mode}, ${asLevels ? 'levels' : 'numbers'}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    const matrix = emptyMatrix(scaler, rows.length, asLevels);
    let clamped = 0;
    for (const j of scaler.columns.keys()) {
      clamped += fillScaled(matrix, scaler, j, table, rows);
      await pace();
    }
    if (made.size === 0 && scaler.dropped.length > 0) {
      warnings.push(`Left out, because they do not vary: ${listOf(scaler.dropped, MOST_NAMED)}.`);
    }
    if (made.size === 0 && clamped > 0) {
      warnings.push(`${clamped} infinite values were put just beyond the largest finite ones.`);
    }
    const result = { scaler, matrix };
    made.set(key, result);
    return result;
  };
  return Object.assign(scale, { used: () => [...scalers.keys()] });
};

/** The first rows of a matrix, in place. */
export const firstRows = (matrix: Matrix, rows: number): Matrix => ({
  ...matrix,
  rows,
  values: matrix.values.subarray(0, rows * matrix.columns),
});
