import { resolve } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { NightjarError } from '../../api/errors.ts';
import { openDatabase, quoteName, quoteText, streamResult } from '../../store/index.ts';
import { isNumeric, readNumbers, type ParquetNumbers } from './parquet-numbers.ts';

export type { ParquetNumbers } from './parquet-numbers.ts';

/** A Parquet file as CSV: `fields` and a stream of comma-separated, quoted records without a header. */
export type ParquetTable = {
  readonly fields: readonly string[];
  /** All fields, or some of them in this order. */
  chunks(signal?: AbortSignal, fields?: readonly string[]): AsyncIterable<Uint8Array>;
  /** All fields of the first records: DuckDB would otherwise read ahead what nobody asks for. */
  head(records: number): AsyncIterable<Uint8Array>;
  /** Whether a field can be read by `numbers`: its type holds numbers or truth values that fit a double, or nearly. */
  isNumeric(field: string): boolean;
  /** Such fields without the way through text: the same numbers as from `chunks`, missing ones NaN. Throws `cancelled`. */
  numbers(fields: readonly string[], signal?: AbortSignal): Promise<readonly ParquetNumbers[]>;
  close(): void;
};

const CHUNK_BYTES = 4 << 20;
/** For one row group at a time; nothing spills, so that no raw value reaches a disk. */
const MEMORY_BYTES = 2 ** 30;

/**
 * Opens a Parquet file in a database of its own that may read nothing else, keeps nothing on disk and is gone after.
 * Errors: `input` where the file is no Parquet or damaged.
 */
export const openParquet = async (path: string, name: string): Promise<ParquetTable> => {
  const database = await openDatabase(':memory:', {
    threads: 1,
    memoryLimitBytes: MEMORY_BYTES,
    tmpDirectory: '',
    throwaway: true,
    allowedFiles: [resolve(path)],
  });
  const { connection } = database;
  try {
    const from = `read_parquet(${quoteText(resolve(path))})`;
    const columns = await describe(connection, from);
    const types = new Map(columns);
    const typeOf = (field: string): string => types.get(field) ?? '';
    return {
      fields: columns.map(([field]) => field),
      chunks: (signal, fields) => {
        const chosen = fields?.map((field): Described => [field, typeOf(field)]) ?? columns;
        return guarded(csvChunks(connection, from, chosen, signal), name);
      },
      head: (records) =>
        guarded(csvChunks(connection, Number.isFinite(records) ? `${from} LIMIT ${records}` : from, columns), name),
      isNumeric: (field) => isNumeric(typeOf(field)),
      numbers: async (fields, signal) => {
        try {
          const chosen = fields.map((field): Described => [field, typeOf(field)]);
          return await readNumbers(connection, from, chosen, signal);
        } catch (error) {
          if (error instanceof NightjarError && error.code === 'cancelled') throw error;
          throw damaged(name, error);
        }
      },
      close: () => database.close(),
    };
  } catch (error) {
    database.close();
    throw unreadable(name, error);
  }
};

const unreadable = (name: string, error: unknown): NightjarError =>
  error instanceof NightjarError ? error : damaged(name, error);

const damaged = (name: string, error: unknown): NightjarError =>
  new NightjarError(
    'input',
    'This Parquet file cannot be read.',
    { where: name, next: 'Check that it was copied whole; export it again, or export it as CSV.' },
    error,
  );

/** DuckDB finds damage in the middle of a file only when it gets there. */
async function* guarded(chunks: AsyncIterable<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw unreadable(name, error);
  }
}

type Described = readonly [field: string, type: string];

const describe = async (connection: DuckDBConnection, from: string): Promise<readonly Described[]> => {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`);
  return reader.getRowObjects().map((row): Described => [String(row['column_name']), String(row['column_type'])]);
};

async function* csvChunks(
  connection: DuckDBConnection,
  from: string,
  columns: readonly Described[],
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array> {
  // One call, not a chain of ||: DuckDB refuses expressions nested 1,000 deep, and tables have that many columns.
  const record = `concat_ws(',', ${columns.map(([field, type]) => cell(quoteName(field), type)).join(', ')})`;
  const result = await streamResult(connection, `SELECT ${record} FROM ${from}`);
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  for (let chunk = await result.next(); chunk !== null; chunk = await result.next()) {
    if (signal?.aborted) throw new NightjarError('cancelled', 'Cancelled.');
    for (const value of chunk.getColumnValues(0)) {
      const line = `${String(value)}\n`;
      if (used + line.length * 3 > buffer.length) {
        yield buffer.subarray(0, used);
        buffer = Buffer.allocUnsafe(Math.max(CHUNK_BYTES, line.length * 3));
        used = 0;
      }
      used += buffer.write(line, used);
    }
  }
  if (used > 0) yield buffer.subarray(0, used);
}

const PLAIN = /^(?:BOOLEAN|U?(?:TINY|SMALL|BIG|HUGE)?INT(?:EGER)?|UINTEGER|FLOAT|DOUBLE|DECIMAL.*|DATE|TIMESTAMP.*)$/u;

/** One value as a CSV field; a missing one is empty. */
const cell = (name: string, type: string): string =>
  PLAIN.test(type)
    ? `coalesce(CAST(${name} AS VARCHAR), '')`
    : `coalesce('"' || replace(CAST(${name} AS VARCHAR), '"', '""') || '"', '')`;
