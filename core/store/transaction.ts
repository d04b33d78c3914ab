import type { DuckDBConnection } from '@duckdb/node-api';

import { mapDuckDBError } from './duckdb-error.ts';

/** Runs `work` in one transaction: all of it is stored, or none. DuckDB's errors leave as NightjarErrors. */
export const inTransaction = async <T>(
  connection: DuckDBConnection,
  where: string,
  work: () => Promise<T>,
): Promise<T> => {
  try {
    await connection.run('BEGIN TRANSACTION');
    const result = await work();
    await connection.run('COMMIT');
    return result;
  } catch (error) {
    // A failed COMMIT or a stopped database has already rolled back; the first error is the one to tell.
    await connection.run('ROLLBACK').catch(() => undefined);
    throw mapDuckDBError(error, where);
  }
};
