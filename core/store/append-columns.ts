import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  DuckDBDataChunk,
  DuckDBTimestampValue,
  DuckDBTypeId,
  type DuckDBConnection,
  type DuckDBType,
  type DuckDBValue,
} from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import { withDuckDBErrors } from './duckdb-error.ts';
import { textColumn, readColumns } from './read-columns.ts';

type Cell = string | number | boolean | null;

/** Values row by row, or one value for every row. NaN is stored as NULL; a TIMESTAMP is a number of microseconds. */
export type ColumnValues = Float64Array | readonly Cell[] | Cell;

/** Rows a DuckDB data chunk holds (STANDARD_VECTOR_SIZE). */
const CHUNK_ROWS = 2048;
/** Longest work before others get their turn on this thread. */
const STRETCH_MS = 20;

/**
 * Appends `rows` rows to a table; columns that are not given become NULL. Runs in the connection's transaction.
 * Errors: `internal` for an unknown table or column, a column of another length, or a value of another type.
 */
export const appendColumns = (
  connection: DuckDBConnection,
  table: string,
  rows: number,
  columns: Readonly<Record<string, ColumnValues>>,
): Promise<void> =>
  withDuckDBErrors(table, async () => {
    const names = await columnNames(connection, table);
    checkColumns(table, names, rows, columns);
    const appender = await connection.createAppender(table);
    try {
      const types = names.map((_, i) => appender.columnType(i));
      let last = performance.now();
      for (let from = 0; from < rows; from += CHUNK_ROWS) {
        const chunk = DuckDBDataChunk.create(types, Math.min(CHUNK_ROWS, rows - from));
        names.forEach((name, i) => fillVector(chunk, i, types[i], columns[name] ?? null, from));
        appender.appendDataChunk(chunk);
        if (performance.now() - last < STRETCH_MS) continue;
        await nextTurn();
        last = performance.now();
      }
      appender.flushSync();
    } finally {
      appender.closeSync();
    }
  });

const columnNames = async (connection: DuckDBConnection, table: string): Promise<readonly string[]> => {
  const sql = 'SELECT column_name FROM duckdb_columns() WHERE table_name = $1 ORDER BY column_index';
  return textColumn(await readColumns(connection, sql, [table]), 'column_name').map((name) => name ?? '');
};

const checkColumns = (
  table: string,
  names: readonly string[],
  rows: number,
  columns: Readonly<Record<string, ColumnValues>>,
): void => {
  for (const [name, values] of Object.entries(columns)) {
    if (!names.includes(name)) {
      throw new NightjarError('internal', 'The table has no such column.', { where: `${table}.${name}` });
    }
    if (isList(values) && values.length !== rows) {
      throw new NightjarError('internal', 'A column has the wrong length.', { where: `${table}.${name}` });
    }
  }
};

const isList = (values: ColumnValues): values is Float64Array | readonly Cell[] =>
  typeof values === 'object' && values !== null;

const fillVector = (
  chunk: DuckDBDataChunk,
  index: number,
  type: DuckDBType | undefined,
  values: ColumnValues,
  from: number,
): void => {
  const convert = converterOf(type?.typeId);
  const vector = chunk.getColumnVector(index);
  const list = isList(values) ? values : undefined;
  const constant = isList(values) ? null : values;
  for (let i = 0; i < vector.itemCount; i++) {
    const value = list === undefined ? constant : (list[from + i] ?? null);
    vector.setItem(i, value === null || Number.isNaN(value) ? null : convert(value));
  }
  vector.flush();
};

type Convert = (value: string | number | boolean) => DuckDBValue;

const converterOf = (typeId: DuckDBTypeId | undefined): Convert => {
  switch (typeId) {
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.INTEGER:
      return (value) => (typeof value === 'number' ? value : refuse());
    case DuckDBTypeId.BIGINT:
      return (value) => (Number.isSafeInteger(value) ? BigInt(value) : refuse());
    case DuckDBTypeId.TIMESTAMP:
      return (value) => (Number.isSafeInteger(value) ? new DuckDBTimestampValue(BigInt(value)) : refuse());
    case DuckDBTypeId.BOOLEAN:
      return (value) => (typeof value === 'boolean' ? value : refuse());
    case DuckDBTypeId.VARCHAR:
      return (value) => (typeof value === 'string' ? value : refuse());
    default:
      return refuse;
  }
};

const refuse = (): never => {
  throw new NightjarError('internal', 'A value does not fit the type of its column.');
};
