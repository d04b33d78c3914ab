import type { DuckDBConnection, DuckDBMaterializedResult } from '@duckdb/node-api';
import { NightjarError, throwIfCancelled } from '../api/errors.ts';

/**
 * Runs one statement that stops when the signal fires.
 * Throws `cancelled`, `memory` or `disk-full` as NightjarError; anything else as it came.
 */
export const runStatement = async (
  connection: DuckDBConnection,
  sql: string,
  signal: AbortSignal | undefined,
): Promise<DuckDBMaterializedResult> => {
  throwIfCancelled(signal);
  const interrupt = (): void => connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await connection.run(sql);
  } catch (error) {
    throwIfCancelled(signal);
    throw explain(error);
  } finally {
    signal?.removeEventListener('abort', interrupt);
  }
};

const explain = (error: unknown): unknown => {
  const message = error instanceof Error ? error.message : '';
  if (/max_temp_directory_size|No space left on device/i.test(message)) {
    return new NightjarError(
      'disk-full',
      'The features need more disk space for intermediate results than there is.',
      { where: 'features', next: 'Free space on the disk of the case, or allow more memory.' },
      error,
    );
  }
  if (/^Out of Memory Error/i.test(message)) {
    return new NightjarError(
      'memory',
      'The memory limit does not suffice to compute the features.',
      { where: 'features', next: 'Allow more memory, or import a shorter period.' },
      error,
    );
  }
  return error;
};
