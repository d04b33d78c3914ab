import type { DuckDBConnection } from '@duckdb/node-api';

import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

/** The moment in the middle of each actor's events (the earlier of two), in µs since 1970; actors without a time are left out. */
export const readMedianTimes = async (connection: DuckDBConnection): Promise<ReadonlyMap<string, number>> => {
  const read = await readColumns(
    connection,
    `SELECT actor_id, quantile_disc(epoch_us(ts), 0.5) AS middle FROM events
     WHERE actor_id IS NOT NULL AND ts IS NOT NULL GROUP BY actor_id`,
  );
  const times = numberColumn(read, 'middle');
  return new Map(textColumn(read, 'actor_id').map((actor, i) => [actor ?? '', times[i] ?? Number.NaN]));
};
