import type { FeatureTable, Matrix } from '../table/table.ts';
import { applyScaler, type ColumnScale, type Scaler } from './scale.ts';
import type { Run } from './schema.ts';

/** A fitted detector that says what it expects of a row's cells given the others: rows × columns in z, row by row. */
export type Expecting = { expected(matrix: Matrix, run: Run): Promise<Float64Array> };

/**
 * What a detector of joint patterns expects of the actors at `rows`, in the units of the table: row by row, one value per
 * name of `features`, NaN for a feature the scaler left out.
 */
export const expectedRows = async (
  fitted: Expecting,
  scaler: Scaler,
  table: FeatureTable,
  rows: readonly number[],
  features: readonly string[],
  run: Run = {},
): Promise<Float64Array> => {
  const { matrix } = applyScaler(scaler, table, rows);
  const cells = await fitted.expected(matrix, run);
  const columnOf = features.map((name) => scaler.columns.findIndex((column) => column.name === name));
  return Float64Array.from({ length: rows.length * features.length }, (_, at) => {
    const j = columnOf[at % features.length] ?? -1;
    const column = scaler.columns[j];
    const z = cells[Math.floor(at / features.length) * matrix.columns + j];
    return column === undefined || z === undefined || column.rarity !== undefined ? Number.NaN : unscaled(column, z);
  });
};

/** The value of a column in its own unit: x of z = (shape(x) − center) / scale. */
export const unscaled = ({ shape, unit, center, scale }: ColumnScale, z: number): number => {
  const shaped = center + z * scale;
  return shape === 'linear' ? shaped : Math.sign(shaped) * unit * Math.expm1(Math.abs(shaped));
};
