import type { DuckDBConnection } from '@duckdb/node-api';

// What a place in the input means is law for the database too, so the store reads it from ingest's schema.
import { SEQ_PER_FILE } from '../ingest/schema.ts';
import { withDuckDBErrors } from './duckdb-error.ts';

/**
 * Removes rows of a transaction whose commit was cut off. DuckDB (seen in 1.5.5) notes row groups that it has already
 * written to the file in its write-ahead log, and applies these notes when it replays a log that ends before the mark
 * of the commit, while everything else of the transaction is rightly left out: events without their import. A batch is
 * there when its rows in `imports` are, a run when its row in `runs` is.
 */
export const removeTornRows = (connection: DuckDBConnection, where: string): Promise<void> =>
  withDuckDBErrors(where, async () => {
    for (const sql of STATEMENTS) await connection.run(sql);
    await connection.run('CHECKPOINT');
  });

const STATEMENTS: readonly string[] = [
  `DELETE FROM events WHERE seq >= (SELECT count(*) FROM imports) * ${SEQ_PER_FILE}`,
  'DELETE FROM quarantine WHERE batch_id NOT IN (SELECT batch_id FROM imports)',
  'DELETE FROM scores WHERE run_id NOT IN (SELECT run_id FROM runs)',
  'DELETE FROM queue WHERE run_id NOT IN (SELECT run_id FROM runs)',
  // DuckDB ends a torn log with the next write only, and a checkpoint of nothing is none.
  "INSERT INTO meta VALUES ('torn', '')",
  "DELETE FROM meta WHERE key = 'torn'",
];
