import { DuckDBDoubleVector, DuckDBVarCharVector, type DuckDBConnection } from '@duckdb/node-api';
import { NightjarError } from '../api/errors.ts';

/**
 * Reads a query of one VARCHAR key followed by DOUBLE columns, chunk by chunk, into typed arrays of `rows` numbers.
 * NULL becomes NaN.
 */
export const readColumns = async (
  connection: DuckDBConnection,
  sql: string,
  rows: number,
): Promise<{ readonly keys: readonly string[]; readonly columns: readonly Float64Array[] }> => {
  const result = await connection.stream(sql);
  const keys: string[] = [];
  const columns = Array.from({ length: result.columnCount - 1 }, () => new Float64Array(rows));
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    const offset = keys.length;
    const key = chunk.getColumnVector(0);
    if (!(key instanceof DuckDBVarCharVector)) throw unexpected();
    for (let i = 0; i < chunk.rowCount; i++) keys.push(key.getItem(i) ?? '');
    for (const [j, column] of columns.entries()) {
      const vector = chunk.getColumnVector(j + 1);
      if (!(vector instanceof DuckDBDoubleVector)) throw unexpected();
      for (let i = 0; i < chunk.rowCount; i++) column[offset + i] = vector.getItem(i) ?? Number.NaN;
    }
  }
  if (keys.length !== rows) throw new NightjarError('internal', 'The feature table changed while it was read.');
  return { keys, columns };
};

const unexpected = (): NightjarError =>
  new NightjarError('internal', 'A feature table holds a column of an unexpected type.');
