import type { DuckDBConnection } from '@duckdb/node-api';

import { readColumns, textColumn } from './read-columns.ts';
import { inTransaction } from './transaction.ts';

/**
 * Takes away the run of a kind that was stored last, with its scores and its queue, in one transaction; `journal` is called
 * last before that counts. Returns its id; undefined where there is none.
 */
export const dropLatestRun = (
  connection: DuckDBConnection,
  kind: string,
  journal: (runId: string) => void,
): Promise<string | undefined> =>
  inTransaction(connection, 'runs', async () => {
    const latest = await readColumns(
      connection,
      'SELECT run_id FROM runs WHERE kind = $1 ORDER BY ordinal DESC LIMIT 1',
      [kind],
    );
    const runId = textColumn(latest, 'run_id')[0];
    if (typeof runId !== 'string') return undefined;
    for (const table of ['scores', 'queue', 'twin_groups', 'twin_members', 'runs']) {
      await connection.run(`DELETE FROM ${table} WHERE run_id = $1`, [runId]);
    }
    journal(runId);
    return runId;
  });
