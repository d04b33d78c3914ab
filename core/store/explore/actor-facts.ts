import type { DuckDBConnection } from '@duckdb/node-api';

import { quoteName } from '../database.ts';
import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

export type Counted = { readonly value: string; readonly events: number };
export type Origin = {
  readonly column: string;
  readonly distinct: number;
  readonly top: readonly (Counted & { readonly actors: number })[];
};

/** Columns that say from where an event came; the log's own categories follow them. */
const ORIGINS = ['ip', 'device_id', 'session_id', 'user_agent', 'country', 'asn'];
const TOP_ORIGINS = 5;

/** What an actor did, the most frequent first. */
export const readActorActions = async (
  connection: DuckDBConnection,
  actor: string,
  most: number,
): Promise<readonly Counted[]> =>
  counted(
    await readColumns(
      connection,
      `SELECT action AS value, count(*) AS events FROM events WHERE actor_id = $1 AND action IS NOT NULL
       GROUP BY action ORDER BY events DESC, value LIMIT ${most}`,
      [actor],
    ),
  );

/** How many actors have a value of an origin column, by column and value: the common values are asked for again and again. */
export type OriginCounts = Map<string, number>;

/** From where an actor came: of each origin column that holds something, how many values and the most frequent. */
export const readActorOrigins = async (
  connection: DuckDBConnection,
  actor: string,
  remembered: OriginCounts,
): Promise<readonly Origin[]> => {
  const listed = await readColumns(
    connection,
    "SELECT column_name FROM duckdb_columns() WHERE table_name = 'events' AND NOT internal ORDER BY column_index",
  );
  const columns = textColumn(listed, 'column_name').flatMap((name) => (name !== null && isOrigin(name) ? [name] : []));
  if (columns.length === 0) return [];
  const names = columns.map(quoteName);
  // Grouping sets read the actor's events once, whatever the number of columns.
  const own = await readColumns(
    connection,
    `SELECT CASE ${names.map((name, i) => `WHEN grouping(${name}) = 0 THEN ${i}`).join(' ')} END AS place,
      coalesce(${names.join(', ')}) AS value, count(*) AS events
     FROM (SELECT ${names.join(', ')} FROM events WHERE actor_id = $1)
     GROUP BY GROUPING SETS (${names.map((name) => `(${name})`).join(', ')})
     HAVING value IS NOT NULL ORDER BY place, events DESC, value`,
    [actor],
  );
  const place = numberColumn(own, 'place');
  const all = counted(own);
  if (remembered.size > MOST_REMEMBERED) remembered.clear();
  const origins: Origin[] = [];
  for (const [i, column] of columns.entries()) {
    const values = all.filter((_, k) => place[k] === i);
    if (values.length === 0) continue;
    const top = values.slice(0, TOP_ORIGINS);
    await countActors(connection, column, top, remembered);
    origins.push({
      column,
      distinct: values.length,
      top: top.map((entry) => ({ ...entry, actors: remembered.get(keyOf(column, entry.value)) ?? 0 })),
    });
  }
  return origins;
};

const isOrigin = (name: string): boolean => ORIGINS.includes(name) || name.startsWith('c_');

const keyOf = (column: string, value: string): string => `${column} ${value}`;
const MOST_REMEMBERED = 100_000;

/** Counts the actors who have each of the values that nobody asked for yet. */
const countActors = async (
  connection: DuckDBConnection,
  column: string,
  values: readonly Counted[],
  remembered: OriginCounts,
): Promise<void> => {
  const unknown = values.filter(({ value }) => !remembered.has(keyOf(column, value)));
  if (unknown.length === 0) return;
  const name = quoteName(column);
  const read = await readColumns(
    connection,
    `SELECT ${name} AS value, count(DISTINCT actor_id) AS events FROM events
     WHERE ${name} IN (${unknown.map((_, i) => `$${i + 1}`).join(', ')}) GROUP BY 1`,
    unknown.map(({ value }) => value),
  );
  for (const { value, events } of counted(read)) remembered.set(keyOf(column, value), events);
};

/** All actions of the case, the most frequent first. */
export const readActions = async (connection: DuckDBConnection, most: number): Promise<readonly Counted[]> =>
  counted(
    await readColumns(
      connection,
      `SELECT action AS value, count(*) AS events FROM events WHERE actor_id IS NOT NULL AND action IS NOT NULL
       GROUP BY action ORDER BY events DESC, value LIMIT ${most}`,
    ),
  );

/** Actors who did one of the actions. */
export const readActorsByAction = async (
  connection: DuckDBConnection,
  actions: readonly string[],
): Promise<ReadonlySet<string>> => {
  if (actions.length === 0) return new Set();
  const places = actions.map((_, i) => `$${i + 1}`).join(', ');
  const read = await readColumns(
    connection,
    `SELECT DISTINCT actor_id FROM events WHERE action IN (${places})`,
    actions,
  );
  return new Set(textColumn(read, 'actor_id').flatMap((actor) => actor ?? []));
};

/** Times of an actor's events in [fromMs, toMs), in milliseconds, with their actions. */
export const readActorTimes = async (
  connection: DuckDBConnection,
  actor: string,
  fromMs: number,
  toMs: number,
): Promise<{ readonly at: Float64Array; readonly actions: readonly (string | null)[] }> => {
  const read = await readColumns(
    connection,
    `SELECT epoch_us(ts) / 1e3 AS at_ms, action FROM events
     WHERE actor_id = $1 AND ts >= make_timestamp($2::BIGINT) AND ts < make_timestamp($3::BIGINT)`,
    [actor, Math.ceil(fromMs * 1000), Math.ceil(toMs * 1000)],
  );
  return { at: numberColumn(read, 'at_ms'), actions: textColumn(read, 'action') };
};

const counted = (read: Awaited<ReturnType<typeof readColumns>>): Counted[] => {
  const events = numberColumn(read, 'events');
  return textColumn(read, 'value').map((value, i) => ({ value: value ?? '', events: events[i] ?? 0 }));
};
