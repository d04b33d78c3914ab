import {
  batchType,
  Column,
  columnFromArray,
  fixedSizeList,
  float64,
  int32,
  tableFromColumns,
  tableToIPC,
  uint16,
  uint32,
  utf8,
} from '@uwdata/flechette';
import { NightjarError } from '../errors.ts';

export type ArrowColumns = Readonly<Record<string, Column<unknown>>>;

/** A table as Arrow IPC stream bytes. */
export const arrowBlob = (columns: ArrowColumns): Blob => {
  const bytes = tableToIPC(tableFromColumns({ ...columns }), { format: 'stream' });
  if (bytes === null) throw new NightjarError('internal', 'A table could not be written.');
  return new Blob([bytes.slice()]);
};

/** A column of texts; null is missing. */
export const textArrow = (values: readonly (string | null)[]): Column<unknown> => columnFromArray([...values], utf8());

/** A column of numbers; NaN is missing. */
export const numberArrow = (values: Float64Array): Column<unknown> =>
  columnFromArray(
    Array.from(values, (value) => (Number.isNaN(value) ? null : value)),
    float64(),
  );

/** A column of whole numbers. */
export const integerArrow = (values: Int32Array): Column<unknown> => columnFromArray(Array.from(values), int32());

/** A column of lists of one length, cut from the values without a copy per row. */
export const listArrow = (values: Uint16Array | Uint32Array, rows: number, stride: number): Column<unknown> => {
  const type = fixedSizeList(values instanceof Uint16Array ? uint16() : uint32(), stride);
  if (rows === 0) return columnFromArray([], type);
  const Batch = batchType(type);
  const { data } = columnFromArray(values);
  return new Column([new Batch({ length: rows, nullCount: 0, type, validity: new Uint8Array(0), children: data })]);
};
