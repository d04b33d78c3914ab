import type {
  ColumnPlan,
  EncodedBlock,
  EncodedColumn,
  ReadPlan,
  RecordFormat,
  Rejection,
} from '../../../core/ingest/plan.ts';
import { createBlockParser } from '../../../core/ingest/read/block-parser.ts';
import type { Splitter } from '../../../core/ingest/read/blocks.ts';

export const KEY = new Uint8Array(32).fill(7);

/** A plan that keeps every field as text. */
export const keepAll = (format: RecordFormat, fields: number): ReadPlan => ({
  format,
  columns: Array.from({ length: fields }, (_, i): ColumnPlan => ({
    column: `c_${i}`,
    fields: [i],
    encode: { kind: 'term', transform: { to: 'keep' } },
    required: false,
    vaulted: false,
  })),
});

const isPresent = (validity: ArrayBuffer | null, row: number): boolean =>
  validity === null || ((new Uint8Array(validity)[row >> 3] ?? 0) & (1 << (row & 7))) !== 0;

/** The strings of a VARCHAR column, as DuckDB would read them. */
export const strings = (column: EncodedColumn, rows: number): (string | null)[] => {
  const bytes = Buffer.from(column.data);
  const { rows: longRows = [], index = [], values = [] } = column.long ?? {};
  const long = new Map(Array.from(longRows, (row, i) => [row, values[index[i] ?? -1]]));
  return Array.from({ length: rows }, (_, row) => {
    if (!isPresent(column.validity, row)) return null;
    const value = long.get(row);
    return value === undefined
      ? bytes.toString('utf8', row * 16 + 4, row * 16 + 4 + bytes.readUInt32LE(row * 16))
      : Buffer.from(value).toString();
  });
};

/** The numbers of a DOUBLE column; null where missing. */
export const numbers = (column: EncodedColumn, rows: number): (number | null)[] =>
  Array.from(new Float64Array(column.data, 0, rows), (value, row) => (isPresent(column.validity, row) ? value : null));

/** Microseconds of a TIMESTAMP column; null where missing. */
export const micros = (column: EncodedColumn, rows: number): (number | null)[] =>
  Array.from(new BigInt64Array(column.data, 0, rows), (value, row) =>
    isPresent(column.validity, row) ? Number(value) : null,
  );

export type ReadBack = {
  readonly rows: (string | null)[][];
  readonly rejections: readonly Rejection[];
  readonly records: number;
  readonly blocks: readonly EncodedBlock[];
};

/** Cuts bytes into chunks of the given sizes, over and over. */
export const chunksOf = (bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] => {
  const chunks: Uint8Array[] = [];
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length] ?? 1);
    chunks.push(bytes.slice(at, at + size));
    at += size;
  }
  return chunks;
};

/** Splits and parses a stream as the reader does, on one thread. */
export const readBack = (chunks: readonly Uint8Array[], splitter: Splitter, plan: ReadPlan, skip = 0): ReadBack => {
  const parse = createBlockParser(plan, KEY);
  const blocks: EncodedBlock[] = [];
  const rejections: Rejection[] = [];
  let toSkip = skip;
  const take = (cut: { readonly bytes: Uint8Array; readonly firstLine: number } | undefined): void => {
    rejections.push(...splitter.takeRejections());
    if (cut === undefined) return;
    const block = parse({ index: blocks.length, bytes: cut.bytes, skip: toSkip });
    toSkip = 0;
    blocks.push(block);
    rejections.push(...block.rejections.map((rejection) => ({ ...rejection, line: rejection.line + cut.firstLine })));
  };
  for (const chunk of chunks) take(splitter.push(chunk));
  for (let cut = splitter.end(); cut; cut = splitter.end()) take(cut);
  take(undefined);
  return {
    blocks,
    rejections,
    records:
      blocks.reduce((sum, block) => sum + block.records, 0) +
      rejections.length -
      blocks.reduce((sum, block) => sum + block.rejections.length, 0),
    rows: blocks.flatMap((block) => {
      const columns = block.columns.map((column) => strings(column, block.rows));
      return Array.from({ length: block.rows }, (_, row) => columns.map((column) => column[row] ?? null));
    }),
  };
};
