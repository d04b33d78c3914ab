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
import type { EncodedBlock, EncodedColumn } from './plan.ts';

/** Moves encoded blocks into the event table, in the connection's transaction. */
export type BlockSink = {
  add(block: EncodedBlock): void;
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
  const name = `nightjar_blocks_${registered++}`;
  const pending: EncodedBlock[] = [];
  let rows = 0;
  let current: EncodedBlock | undefined;
  let from = 0;

  const nextVector = (chunk: DuckDBDataChunk): void => {
    while (current === undefined || from >= current.rows) {
      current = pending.shift();
      from = 0;
      if (current === undefined) {
        chunk.rowCount = 0;
        return;
      }
    }
    const count = Math.min(VECTOR_SIZE, current.rows - from);
    chunk.rowCount = count;
    current.columns.forEach((column, i) => copyVector(chunk, i, column, from, count));
    from += count;
    rows -= count;
  };

  connection.registerTableFunction(
    DuckDBTableFunction.create({
      name,
      bindFunction: (bind) => {
        for (const column of columns) bind.addResultColumn(column.name, TYPES[column.type]);
      },
      initFunction: (init) => init.setMaxThreads(64),
      mainFunction: (_info, chunk) => nextVector(chunk),
    }),
  );
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  const insert = `INSERT INTO events (${names}, dataset) SELECT ${names}, $dataset FROM ${name}()`;

  return {
    add: (block) => {
      if (block.rows === 0) return;
      pending.push(block);
      rows += block.rows;
    },
    pendingRows: () => rows,
    flush: async () => {
      if (rows > 0) await connection.run(insert, { dataset });
    },
  };
};

const copyVector = (
  chunk: DuckDBDataChunk,
  index: number,
  column: EncodedColumn,
  from: number,
  count: number,
): void => {
  const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
  const width = WIDTHS[column.type];
  duckdb.copy_data_to_vector(vector, 0, column.data, from * width, count * width);
  if (column.validity !== null) {
    duckdb.vector_ensure_validity_writable(vector);
    duckdb.copy_data_to_vector_validity(vector, 0, column.validity, from / 8, Math.ceil(count / 8));
  }
  if (column.longRows.length === 0) return;
  for (let i = lowerBound(column.longRows, from); i < column.longRows.length; i++) {
    const row = column.longRows[i] ?? 0;
    if (row >= from + count) break;
    duckdb.vector_assign_string_element_len(vector, row - from, column.longValues[i] ?? new Uint8Array(0));
  }
};

const lowerBound = (sorted: readonly number[], value: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
