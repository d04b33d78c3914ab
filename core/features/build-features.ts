import { DuckDBDoubleVector, type DuckDBConnection } from '@duckdb/node-api';
import type { Watch } from '../api/progress.ts';
import { numberColumn, readColumns, textColumn } from '../store/index.ts';
import type { FeatureTable } from '../table/index.ts';
import { commonActions } from './action-mix.ts';
import { describeFeature, selectFeatures, type CatalogueEntry } from './catalogue.ts';
import { duckdb } from './dialect.ts';
import { planFeatures } from './plan.ts';
import { actorContext, columnsPresent, noEvents } from './prepare.ts';
import { runPlan } from './run-plan.ts';
import { runStatement } from './run-statement.ts';
import type { DroppedFeature, FeatureInfo } from './schema.ts';

export type FeatureOptions = {
  /** Columns of table `events` that carry data. */
  readonly available: ReadonlySet<string>;
  /** Actors with fewer events stay out of the returned table (they are in table `features`). Default 1. */
  readonly minEvents?: number;
  /** SQL condition on event columns: only these events are looked at, such as a time range. Never user input. */
  readonly windowSql?: string;
  /** Features that are read even where they do not vary: a model that was fitted elsewhere needs them. */
  readonly always?: readonly string[];
};

export type BuiltFeatures = {
  /** Actors in the order of their first event in the input, else of their id; missing values are NaN. */
  readonly table: FeatureTable;
  readonly dropped: readonly DroppedFeature[];
  /** One entry per column of `table`, in its order. */
  readonly dictionary: readonly FeatureInfo[];
};

/**
 * Computes every feature the available columns allow, one row per actor, from table `events` into table
 * `features(actor_id, events, position, …)` of the same database, and reads it. The result is the same, bit for bit, for any
 * number of threads and any order of the events. Features without a value, or with the same value for every actor
 * returned, are dropped with a reason. Throws `input` without actors or events, `cancelled`, `memory`, `disk-full`.
 */
export const buildFeatures = async (
  connection: DuckDBConnection,
  { available, minEvents = 1, windowSql, always = [] }: FeatureOptions,
  watch: Watch = {},
): Promise<BuiltFeatures> => {
  const columns = await columnsPresent(connection, available);
  const actions = await commonActions(connection, columns, windowSql);
  const { kept: entries, dropped } = selectFeatures(columns, actions);
  const plan = planFeatures(entries, actorContext(columns, windowSql));
  const result = `SELECT actor_id, CAST(event_count AS BIGINT) AS events, * EXCLUDE (actor_id) FROM (${plan.result})`;
  await runPlan(connection, { ...plan, result }, 'features', watch);

  const enough = `FROM features WHERE events >= ${Math.max(1, Math.ceil(minEvents))}`;
  const { empty, constant, maxima } = await findIdle(connection, entries, enough, watch.signal);
  const isUseful = entries.map(({ feature }, j) => always.includes(feature.name) || (!empty[j] && !constant[j]));
  const useful = entries.filter((_, j) => isUseful[j]);
  const names = useful.map(({ feature }) => feature.name);
  const read = await readColumns(
    connection,
    `SELECT ${['actor_id', 'events', ...names.map(duckdb.name)].join(', ')} ${enough} ORDER BY position`,
  );
  const alone = entries.some(({ feature }, j) => feature.name === 'received_events' && maxima[j] === 0);
  const idle = entries.flatMap(({ family, feature }, j): DroppedFeature[] => {
    if (isUseful[j]) return [];
    if (alone && family === 'inbound') return [{ name: feature.name, reason: 'no object is an actor' }];
    return [{ name: feature.name, reason: empty[j] ? 'no value for any actor' : 'the same for every actor' }];
  });
  return {
    table: {
      actors: textColumn(read, 'actor_id').map((actor) => actor ?? ''),
      events: numberColumn(read, 'events'),
      names,
      columns: names.map((name) => numberColumn(read, name)),
    },
    dropped: [...dropped, ...idle],
    dictionary: useful.map(describeFeature),
  };
};

type Idle = {
  readonly rows: number;
  readonly empty: readonly boolean[];
  readonly constant: readonly boolean[];
  readonly maxima: readonly (number | null)[];
};

/** Which features have no value, or one value only, among the rows of `enough`. */
const findIdle = async (
  connection: DuckDBConnection,
  entries: readonly CatalogueEntry[],
  enough: string,
  signal: AbortSignal | undefined,
): Promise<Idle> => {
  const ranges = entries.flatMap(({ feature }) => {
    const name = duckdb.name(feature.name);
    return [`min(${name})`, `max(${name})`];
  });
  const sql = `SELECT CAST(count(*) AS DOUBLE), ${ranges.join(', ')} ${enough}`;
  const result = await runStatement(connection, sql, signal);
  const chunk = await result.fetchChunk();
  const at = (j: number): number | null => {
    const vector = chunk?.getColumnVector(j);
    return vector instanceof DuckDBDoubleVector ? vector.getItem(0) : null;
  };
  const rows = at(0) ?? 0;
  if (rows === 0) {
    const stored = await connection.run('SELECT 1 FROM features LIMIT 1');
    if (stored.rowCount === 0) throw noEvents();
  }
  const minima = entries.map((_, j) => at(2 * j + 1));
  const maxima = entries.map((_, j) => at(2 * j + 2));
  return {
    rows,
    empty: maxima.map((max) => max === null),
    constant: maxima.map((max, j) => max !== null && max === minima[j]),
    maxima,
  };
};
