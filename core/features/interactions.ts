import type { DuckDBConnection } from '@duckdb/node-api';
import type { Watch } from '../api/progress.ts';
import { appendColumns, numberColumn, readColumns } from '../store/index.ts';
import type { Interactions } from '../table/index.ts';
import { columnsPresent } from './prepare.ts';
import { runStatement } from './run-statement.ts';

/** Events read, 40 bytes each at the peak; the busiest objects are left out first. */
const MOST_EVENTS = 20_000_000;

export type InteractionOptions = {
  /** Columns of table `events` that carry data. */
  readonly available: ReadonlySet<string>;
  /** SQL condition on event columns, as for the features. Never user input. */
  readonly windowSql?: string;
  readonly mostEvents?: number;
};

export type InteractionsRead = {
  /** Undefined where the log has no objects or no times, or no event of these actors has both. */
  readonly interactions: Interactions | undefined;
  /** What was left out, as plain sentences. */
  readonly warnings: readonly string[];
};

/**
 * Who touched which object when, in order of time, from table `events`: `actors[i]` becomes row i, so that the order
 * must be that of the table a detector is fitted on; objects are numbered in the order of their first event in the input,
 * which does not depend on the key of the pseudonyms. Events of other
 * actors, without an object or without a time, are not in it. When there are more than `mostEvents`, the objects with
 * most events are left out. Throws `input`, `cancelled`, `memory`, `disk-full`.
 */
export const readInteractions = async (
  connection: DuckDBConnection,
  actors: readonly string[],
  { available, windowSql, mostEvents = MOST_EVENTS }: InteractionOptions,
  { signal }: Watch = {},
): Promise<InteractionsRead> => {
  const present = await columnsPresent(connection, available);
  if (!present.has('object_id') || !present.has('ts')) return { interactions: undefined, warnings: [] };
  try {
    await runStatement(connection, `CREATE OR REPLACE TEMP TABLE ${ROWS} (actor_id VARCHAR, place INTEGER)`, signal);
    const places = Float64Array.from(actors, (_, i) => i);
    await appendColumns(connection, ROWS, actors.length, { actor_id: actors, place: places });
    const place = present.has('seq') ? 'seq' : 'CAST(NULL AS BIGINT)';
    await runStatement(connection, numberObjects(place, windowSql, mostEvents), signal);
    const left = await readColumns(
      connection,
      `SELECT count(*) AS objects, coalesce(sum(n), 0) AS events FROM ${OBJECTS} WHERE NOT kept`,
    );
    const read = await readColumns(connection, selectEvents(windowSql));
    return { interactions: toInteractions(read), warnings: warn(numberColumn(left, 'objects')[0] ?? 0) };
  } finally {
    for (const table of [ROWS, OBJECTS]) await connection.run(`DROP TABLE IF EXISTS temp.${table}`);
  }
};

const ROWS = 'interaction_rows';
const OBJECTS = 'interaction_objects';

const kept = (windowSql: string | undefined): string =>
  `object_id IS NOT NULL AND ts IS NOT NULL AND isfinite(ts)${windowSql === undefined ? '' : ` AND (${windowSql})`}`;

const numberObjects = (place: string, windowSql: string | undefined, mostEvents: number): string =>
  `CREATE OR REPLACE TEMP TABLE ${OBJECTS} AS
    SELECT object_id, n, running <= ${mostEvents} AS kept,
      row_number() OVER (PARTITION BY running <= ${mostEvents} ORDER BY first_seq NULLS LAST, object_id) - 1 AS number
    FROM (SELECT object_id, n, first_seq,
        sum(n) OVER (ORDER BY n, first_seq NULLS LAST, object_id ROWS UNBOUNDED PRECEDING) AS running
      FROM (SELECT e.object_id, count(*) AS n, min(e.seq) AS first_seq
        FROM (SELECT actor_id, object_id, ${place} AS seq FROM events WHERE ${kept(windowSql)}) AS e
        JOIN ${ROWS} AS r ON r.actor_id = e.actor_id GROUP BY e.object_id) AS c) AS s`;

const selectEvents = (windowSql: string | undefined): string =>
  `SELECT r.place AS actor, CAST(o.number AS INTEGER) AS object, epoch_us(e.ts) / 1e6 AS seconds
    FROM (SELECT actor_id, object_id, ts FROM events WHERE ${kept(windowSql)}) AS e
    JOIN ${ROWS} AS r ON r.actor_id = e.actor_id
    JOIN ${OBJECTS} AS o ON o.object_id = e.object_id AND o.kept
    ORDER BY e.ts, r.place, o.number`;

const toInteractions = (read: Awaited<ReturnType<typeof readColumns>>): Interactions | undefined => {
  if (read.rows === 0) return undefined;
  const objects = Uint32Array.from(numberColumn(read, 'object'));
  let objectCount = 0;
  for (const object of objects) objectCount = Math.max(objectCount, object + 1);
  return {
    actors: Uint32Array.from(numberColumn(read, 'actor')),
    objects,
    seconds: numberColumn(read, 'seconds'),
    objectCount,
  };
};

const warn = (objects: number): readonly string[] =>
  objects === 0
    ? []
    : [`Acting together was not looked for at the ${objects} busiest objects: the log is too large to hold them all.`];
