import duckdb from '@duckdb/node-bindings';
import {
  BIGINT,
  DOUBLE,
  DuckDBTableFunction,
  TIMESTAMP,
  VARCHAR,
  type DuckDBConnection,
  type DuckDBDataChunk,
} from '@duckdb/node-api';
import { VECTOR_SIZE } from './encode/index.ts';
import { SEQ_PER_FILE } from './schema.ts';
import type { EncodedBlock, EncodedColumn } from './plan.ts';

/** A block and the ordinal of its file in the case. */
export type PlacedBlock = EncodedBlock & { readonly file: number };

/** Moves encoded blocks into the event table, in the connection's transaction. */
export type BlockSink = {
  /** Takes a block; calls `done` once its columns lie in the data engine. */
  add(block: PlacedBlock, done?: () => void): void;
  /** Rows that wait for `flush`. */
  pendingRows(): number;
  flush(): Promise<void>;
};

export type SinkColumn = { readonly name: string; readonly type: EncodedColumn['type'] };

const TYPES = { TIMESTAMP, VARCHAR, DOUBLE, BIGINT } as const;
const WIDTHS = { TIMESTAMP: 8, VARCHAR: 16, DOUBLE: 8, BIGINT: 8 } as const;
let registered = 0;

/**
 * A sink for blocks of one shape. DuckDB pulls the blocks through a table function, vector by vector and by memory copy,
 * so its own threads compress and write while the caller's thread only hands out buffers.
 */
export const createBlockSink = (
  connection: DuckDBConnection,
  columns: readonly SinkColumn[],
  dataset: string,
): BlockSink => {
  const places = new Int32Array(2 * VECTOR_SIZE);
  const name = `nightjar_blocks_${registered++}`;
  const pending: { readonly block: PlacedBlock; readonly done: (() => void) | undefined }[] = [];
  let rows = 0;
  let current = pending[0];
  let from = 0;

  const nextVector = (chunk: DuckDBDataChunk): void => {
    while (current === undefined || from >= current.block.rows) {
      current?.done?.();
      current = pending.shift();
      from = 0;
      if (current === undefined) {
        chunk.rowCount = 0;
        return;
      }
    }
    const { block } = current;
    const count = Math.min(VECTOR_SIZE, block.rows - from);
    chunk.rowCount = count;
    block.columns.forEach((column, i) => copyVector(chunk, i, column, from, count));
    fillPlaces(places, block, from, count);
    const place = duckdb.data_chunk_get_vector(chunk.chunk, columns.length);
    duckdb.copy_data_to_vector(place, 0, places.buffer, 0, count * 8);
    from += count;
    rows -= count;
  };

  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name,
      bindFunction: (bind) => {
        for (const column of columns) bind.addResultColumn(column.name, TYPES[column.type]);
        bind.addResultColumn('seq', BIGINT);
      },
      initFunction: (init) => init.setMaxThreads(64),
      mainFunction: (_info, chunk) => nextVector(chunk),
    }),
  );
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const insert = `INSERT INTO events (${names}, seq, dataset) SELECT ${names}, seq, $dataset FROM ${name}()`;

  return {
    add: (block, done) => {
      if (block.rows === 0) return;
      pending.push({ block, done });
      rows += block.rows;
    },
    pendingRows: () => rows,
    flush: async () => {
      if (rows > 0) await connection.run(insert, { dataset });
    },
  };
};

/** One vector's values: the data engine's package copies from memory that is not shared only. */
const values = new Uint8Array(VECTOR_SIZE * Math.max(...Object.values(WIDTHS)));

const copyVector = (
  chunk: DuckDBDataChunk,
  index: number,
  column: EncodedColumn,
  from: number,
  count: number,
): void => {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
  const width = WIDTHS[column.type];
  values.set(new Uint8Array(column.data, from * width, count * width));
  duckdb.copy_data_to_vector(vector, 0, values.buffer, 0, count * width);
  if (column.validity !== null) {
    duckdb.vector_ensure_validity_writable(vector);
    duckdb.copy_data_to_vector_validity(vector, 0, column.validity, from / 8, Math.ceil(count / 8));
  }
  const { long } = column;
  if (long === null) return;
  for (let i = lowerBound(long.rows, from); i < long.rows.length; i++) {
    const row = long.rows[i] ?? 0;
    if (row >= from + count) break;
    const value = long.values[long.index[i] ?? -1] ?? new Uint8Array(0);
    duckdb.vector_assign_string_element_len(vector, row - from, value);
  }
};

/** Places of a vector's rows: file, block and row, most significant first, in 19, 20 and 24 bits. */
const fillPlaces = (places: Int32Array, block: PlacedBlock, from: number, count: number): void => {
  const high = block.file * (SEQ_PER_FILE / 2 ** 32) + (block.index >> 8);
  const low = (block.index & 255) << 24;
  for (let i = 0; i < count; i++) {
    places[2 * i] = low | (from + i);
    places[2 * i + 1] = high;
  }
};

const lowerBound = (sorted: Int32Array, value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
