import type { DuckDBConnection, DuckDBDataChunk, DuckDBType, DuckDBValue } from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';

/** A result on its way. Every chunk has one column more than `names`, which the row that ends the result is made of. */
export type StreamedResult = {
  readonly names: readonly string[];
  readonly types: readonly DuckDBType[];
  /** The next chunk, null once the result has ended: then all of it was given. */
  next(): Promise<DuckDBDataChunk | null>;
};

/** The name of the column that only the last row has. */
const END = 'nightjar:end';

/**
 * Streams the result of a SELECT in its order. A stream that DuckDB cuts off (interrupted, out of memory or of disk, a damaged
 * file, another query on the connection) looks to its C interface like one that has ended, `duckdb_fetch_chunk` gives none in
 * both cases; so a row of its own ends each result, and where that row is missing `next` fails instead of giving less than was
 * asked for. Errors: those of DuckDB; `internal` where asking once more does not tell one.
 */
export const streamResult = async (
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly DuckDBValue[] = [],
): Promise<StreamedResult> => {
  const marked = `SELECT *, NULL AS "${END}" FROM (${sql}\n) UNION ALL BY NAME SELECT true AS "${END}"`;
  const result = await connection.stream(marked, [...parameters]);
  const width = result.columnCount - 1;
  let hasEnded = false;
  const next = async (): Promise<DuckDBDataChunk | null> => {
    if (hasEnded) return null;
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) throw await causeOf(connection, sql, parameters);
    if (chunk.getColumnVector(width).getItem(chunk.rowCount - 1) !== true) return chunk;
    hasEnded = true;
    if (chunk.rowCount > 1) throw new NightjarError('internal', 'The end of a result came with rows of it.');
    while ((await result.fetchChunk())?.rowCount); // what is not read to its end keeps the database file open
    return null;
  };
  return { names: result.columnNames().slice(0, width), types: result.columnTypes().slice(0, width), next };
};

/** Why the result was cut off: DuckDB tells it of a query that keeps nothing, in which each value is looked at again. */
const causeOf = async (
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly DuckDBValue[],
): Promise<unknown> => {
  try {
    await connection.run(`SELECT count(hash(result)) FROM (${sql}\n) AS result`, [...parameters]);
  } catch (error) {
    return error;
  }
  return new NightjarError('internal', 'The database stopped before the end of a result.', { next: 'Do it again.' });
};
