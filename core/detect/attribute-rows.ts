import type { Matrix } from '../table/table.ts';
import type { FittedDetector } from './detector.ts';
import { quietly } from './pace.ts';
import type { DetectorPart, Run } from './schema.ts';

/**
 * A detector's `attribute` for a detection: takes row numbers of the feature table, of which
 * `matrix` holds row `tableRows[k]` at k, and answers in the order of `features`.
 */
export const attributeRows = (
  detector: FittedDetector,
  matrix: Matrix,
  tableRows: readonly number[],
  features: readonly string[],
): DetectorPart['attribute'] => {
  const { columns, names } = matrix;
  const columnOf = features.map((name) => names.indexOf(name));
  const placeOf = new Uint32Array(tableRows.length);
  tableRows.forEach((row, k) => {
    placeOf[row] = k;
  });
  return async (rows: readonly number[], run: Run = {}) => {
    const values = new Float32Array(rows.length * columns);
    rows.forEach((row, k) => {
      const from = (placeOf[row] ?? 0) * columns;
      values.set(matrix.values.subarray(from, from + columns), k * columns);
    });
    const cells = await detector.attribute({ rows: rows.length, columns, names, values }, quietly(run));
    return Float64Array.from({ length: rows.length * features.length }, (_, at) => {
      const column = columnOf[at % features.length] ?? -1;
      const from = Math.floor(at / features.length) * columns;
      return column < 0 ? 0 : (cells[from + column] ?? 0);
    });
  };
};
