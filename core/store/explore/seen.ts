import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns } from '../read-columns.ts';

/** When each actor of a run's queue was first and last seen, by rank − 1, in milliseconds since 1970; NaN where unknown. */
export const readSeen = async (
  connection: DuckDBConnection,
  runId: string,
  actors: number,
): Promise<{ readonly first: Float64Array; readonly last: Float64Array }> => {
  const read = await readColumns(
    connection,
    `SELECT q.rank AS rank, epoch_us(s.low) / 1e3 AS low, epoch_us(s.high) / 1e3 AS high
     FROM (SELECT actor_id, min(ts) AS low, max(ts) AS high FROM events GROUP BY actor_id) AS s
     JOIN queue AS q ON q.run_id = $1 AND q.actor_id = s.actor_id`,
    [runId],
  );
  const first = new Float64Array(actors).fill(Number.NaN);
  const last = new Float64Array(actors).fill(Number.NaN);
  const [low, high] = [numberColumn(read, 'low'), numberColumn(read, 'high')];
  numberColumn(read, 'rank').forEach((rank, i) => {
    first[rank - 1] = low[i] ?? Number.NaN;
    last[rank - 1] = high[i] ?? Number.NaN;
  });
  return { first, last };
};
