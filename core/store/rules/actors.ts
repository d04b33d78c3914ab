import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteName } from '../database.ts';
import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

/** The actors of the events, in the order of their names, with how many events there are and their span in µs since 1970. */
export const readRuleActors = async (
  connection: DuckDBConnection,
): Promise<{
  readonly actors: readonly string[];
  readonly events: number;
  readonly span: { readonly from: number; readonly to: number } | null;
}> => {
  const read = await readColumns(
    connection,
    'SELECT DISTINCT actor_id FROM events WHERE actor_id IS NOT NULL ORDER BY actor_id',
  );
  const counts = await readColumns(
    connection,
    'SELECT count(*) AS n, epoch_us(min(ts)) AS low, epoch_us(max(ts)) AS high FROM events',
  );
  const [from, to] = [numberColumn(counts, 'low')[0], numberColumn(counts, 'high')[0]];
  const hasTime = from !== undefined && to !== undefined && !Number.isNaN(from);
  return {
    actors: textColumn(read, 'actor_id').map((actor) => actor ?? ''),
    events: numberColumn(counts, 'n')[0] ?? 0,
    span: hasTime ? { from, to } : null,
  };
};

/** Of each actor the most frequent value of an event column (of equally frequent ones the first in order); actors without one are left out. */
export const readUsualValues = async (
  connection: DuckDBConnection,
  column: string,
): Promise<ReadonlyMap<string, string>> => {
  const name = quoteName(column);
  const read = await readColumns(
    connection,
    `SELECT actor_id, value FROM (
       SELECT actor_id, CAST(${name} AS VARCHAR) AS value, count(*) AS n FROM events
       WHERE actor_id IS NOT NULL AND ${name} IS NOT NULL GROUP BY ALL)
     QUALIFY row_number() OVER (PARTITION BY actor_id ORDER BY n DESC, value) = 1`,
  );
  const values = textColumn(read, 'value');
  return new Map(textColumn(read, 'actor_id').map((actor, i) => [actor ?? '', values[i] ?? '']));
};

/** Values of a text column that at least `k` actors show, the most common first, at most `most`. */
export const readCommonValues = async (
  connection: DuckDBConnection,
  column: string,
  k: number,
  most: number,
): Promise<readonly string[]> => {
  const name = quoteName(column);
  const read = await readColumns(
    connection,
    `SELECT ${name} AS value, count(DISTINCT actor_id) AS n FROM events
     WHERE ${name} IS NOT NULL GROUP BY 1 HAVING n >= ${k} ORDER BY n DESC, value LIMIT ${most}`,
  );
  return textColumn(read, 'value').map((value) => value ?? '');
};
