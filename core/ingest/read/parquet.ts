import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { NightjarError } from '../../api/errors.ts';

/** A Parquet file as CSV: `fields` and a stream of comma-separated, quoted records without a header. */
export type ParquetTable = {
  readonly fields: readonly string[];
  readonly types: readonly string[];
  chunks(signal?: AbortSignal): AsyncIterable<Uint8Array>;
  close(): void;
};

const CHUNK_BYTES = 4 << 20;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/**
 * Opens a Parquet file in a database of its own that may read nothing else, keeps nothing on disk and is gone after.
 * Errors: `input` where the file is no Parquet or damaged.
 */
export const openParquet = async (path: string, name: string): Promise<ParquetTable> => {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '1GiB',
    temp_directory: '',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
  });
  try {
    const connection = await instance.connect();
    await connection.run(`SET allowed_paths = [${literal(path)}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    const columns = await describe(connection, path);
    return {
      fields: columns.map(([field]) => field),
      types: columns.map(([, type]) => type),
      chunks: (signal) => csvChunks(connection, path, columns, signal),
      close: () => instance.closeSync(),
    };
  } catch (error) {
    instance.closeSync();
    throw new NightjarError(
      'input',
      'This Parquet file cannot be read.',
      { where: name, next: 'Check that it was copied whole; export it again, or export it as CSV.' },
      error,
    );
  }
};

const describe = async (connection: DuckDBConnection, path: string): Promise<[field: string, type: string][]> => {
  const reader = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
  return reader.getRowObjects().map((row) => [String(row['column_name']), String(row['column_type'])]);
};

async function* csvChunks(
  connection: DuckDBConnection,
  path: string,
  columns: readonly (readonly [string, string])[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
  const record = columns.map(([field, type]) => cell(quoted(field), type)).join(` || ',' || `);
  const result = await connection.stream(`SELECT ${record} FROM read_parquet(${literal(path)})`);
  let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let used = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
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
