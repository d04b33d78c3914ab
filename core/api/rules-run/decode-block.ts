import type { EncodedBlock, EncodedColumn } from '../../ingest/plan.ts';
import { PACKED_WORDS, type PackedBatch, type PackedTexts } from '../../rules/run/index.ts';

type Values = readonly (string | null)[] | Float64Array | PackedTexts;

/** Bytes of a text that is not beside the others. */
const INLINE = 12;

/**
 * The events of a block that the import's own parser encoded, as rules take them: whole only until the memory of the block is
 * used again.
 */
export const decodeBlock = ({ rows, columns }: EncodedBlock): PackedBatch => {
  const read = new Map<string, Values>();
  let ts = new Float64Array(rows).fill(Number.NaN);
  for (const column of columns) {
    if (column.column === 'ts') ts = integers(column, rows);
    else read.set(column.column, valuesOf(column, rows));
  }
  return { length: rows, ts, columns: read };
};

const valuesOf = (column: EncodedColumn, rows: number): Values => {
  switch (column.type) {
    case 'VARCHAR':
      return column.long === null ? packed(column, rows) : texts(column, rows);
    case 'DOUBLE':
      return masked(new Float64Array(column.data, 0, rows).slice(), column.validity);
    case 'BIGINT':
    case 'TIMESTAMP':
      return integers(column, rows);
  }
};

/** Joins the halves of 64-bit integers; times and buckets lie within ±2^53. */
const integers = ({ data, validity }: EncodedColumn, rows: number): Float64Array<ArrayBuffer> => {
  const words = new Int32Array(data, 0, 2 * rows);
  const values = new Float64Array(rows);
  // hot: once per row; both words of it lie inside
  for (let row = 0; row < rows; row++) values[row] = words[2 * row + 1]! * 2 ** 32 + (words[2 * row]! >>> 0);
  return masked(values, validity);
};

const masked = (values: Float64Array<ArrayBuffer>, validity: ArrayBuffer | null): Float64Array<ArrayBuffer> => {
  if (validity === null) return values;
  const mask = new Uint8Array(validity);
  for (let row = 0; row < values.length; row++) if (isMissing(mask, row)) values[row] = Number.NaN;
  return values;
};

/** Short texts as they lie there, the missing ones marked. */
const packed = ({ data, validity }: EncodedColumn, rows: number): PackedTexts => {
  const words = new Int32Array(data, 0, PACKED_WORDS * rows);
  if (validity === null) return words;
  const mask = new Uint8Array(validity);
  for (let row = 0; row < rows; row++) if (isMissing(mask, row)) words[PACKED_WORDS * row] = -1;
  return words;
};

const texts = ({ data, validity, long }: EncodedColumn, rows: number): (string | null)[] => {
  const bytes = Buffer.from(data);
  const words = new Int32Array(data, 0, PACKED_WORDS * rows);
  const mask = validity === null ? null : new Uint8Array(validity);
  const values: (string | null)[] = [];
  for (let row = 0; row < rows; row++) {
    const length = words[PACKED_WORDS * row]!; // hot: as above
    if (mask !== null && isMissing(mask, row)) values.push(null);
    else values.push(length > INLINE ? '' : bytes.toString('utf8', 16 * row + 4, 16 * row + 4 + length));
  }
  if (long === null) return values;
  const decoded = long.values.map((value) => Buffer.from(value).toString());
  long.rows.forEach((row, i) => {
    if (row < rows) values[row] = decoded[long.index[i] ?? 0] ?? null;
  });
  return values;
};

const isMissing = (mask: Uint8Array, row: number): boolean => (((mask[row >> 3] ?? 255) >> (row & 7)) & 1) === 0;
