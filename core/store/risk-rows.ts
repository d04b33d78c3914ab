import type { DuckDBConnection } from '@duckdb/node-api';

import { readRunFeatures } from './explore/run-features.ts';
import { quoteName } from './database.ts';
import { numberColumn, readColumns, textColumn } from './read-columns.ts';

/** What is read of each actor; `name` is the caller's. */
export type RiskColumn =
  | { readonly name: string; readonly kind: 'events' | 'active_days' | 'hour' | 'first_day' | 'last_day' }
  | { readonly name: string; readonly kind: 'mode' | 'set' | 'count' | 'median' | 'sum'; readonly column: string }
  | { readonly name: string; readonly kind: 'feature'; readonly column: string };

/** Dictionary-coded texts, sets of texts, or numbers; NaN where an actor has none. One entry per actor. */
export type RiskValues =
  | { readonly kind: 'text'; readonly codes: Float64Array; readonly values: readonly string[] }
  | {
      readonly kind: 'set';
      readonly codes: Float64Array;
      readonly values: readonly (readonly number[])[];
      readonly elements: readonly string[];
    }
  | {
      readonly kind: 'number';
      readonly values: Float64Array;
      readonly unit: 'hour' | 'day' | 'count' | 'number';
    };

export type RiskRows = {
  readonly actors: readonly string[];
  /** In the order of the columns asked for. */
  readonly columns: readonly RiskValues[];
};

/**
 * Reads the table of actors: one row per actor of the events, or of the latest ranking where the case holds a ready-made
 * table, in the order of their first event or of the table. Texts stay in a dictionary; rows are codes. Errors: those of
 * DuckDB as NightjarErrors.
 */
export const readRiskRows = async (connection: DuckDBConnection, columns: readonly RiskColumn[]): Promise<RiskRows> => {
  const features = columns.flatMap((column) => (column.kind === 'feature' ? [column.column] : []));
  const table = await readRunFeatures(connection, features);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${ACTORS} AS SELECT actor_id, row_number() OVER (ORDER BY min(seq), actor_id) - 1 AS place
     FROM events WHERE actor_id IS NOT NULL GROUP BY actor_id`,
  );
  try {
    const listed = await readColumns(connection, `SELECT actor_id FROM ${ACTORS} ORDER BY place`);
    const named = textColumn(listed, 'actor_id').map((actor) => actor ?? '');
    const actors = named.length > 0 ? named : (table?.actors ?? []);
    const placeOf = features.length > 0 && named.length > 0 ? new Map(named.map((actor, i) => [actor, i])) : undefined;
    const read: RiskValues[] = [];
    for (const column of columns) {
      if (column.kind !== 'feature') {
        read.push(await readFromEvents(connection, column, actors.length));
        continue;
      }
      const values = new Float64Array(actors.length).fill(Number.NaN);
      const from = table?.columns[features.indexOf(column.column)];
      from?.forEach((value, row) => {
        const place = placeOf === undefined ? row : placeOf.get(table?.actors[row] ?? '');
        if (place !== undefined) values[place] = value;
      });
      read.push({ kind: 'number', values, unit: 'number' });
    }
    return { actors, columns: read };
  } finally {
    for (const name of [ACTORS, CODES]) await connection.run(`DROP TABLE IF EXISTS temp.${name}`);
  }
};

const ACTORS = 'risk_actors';
const CODES = 'risk_codes';
const DAY = "CASE WHEN isfinite(ts) THEN date_diff('day', DATE '1970-01-01', CAST(ts AS DATE)) END";
/** The largest count first, then the smallest value: the same whatever the order of the rows. */
const commonest = (value: string): string => `${MOST} - 1 - max(n * ${MOST} + ${MOST} - 1 - ${value}) % ${MOST}`;
const MOST = '4294967296::BIGINT';

type FromEvents = Exclude<RiskColumn, { kind: 'feature' }>;

const readFromEvents = (connection: DuckDBConnection, column: FromEvents, actors: number): Promise<RiskValues> => {
  const number = async (unit: 'hour' | 'day' | 'count' | 'number', sql: string): Promise<RiskValues> => ({
    kind: 'number',
    unit,
    values: await perActor(connection, sql, actors),
  });
  const each = (value: string): string => `SELECT actor_id, ${value} AS x FROM events GROUP BY actor_id`;
  switch (column.kind) {
    case 'events':
      return number('count', each('count(*)'));
    case 'active_days':
      return number('count', each(`count(DISTINCT ${DAY})`));
    case 'first_day':
      return number('day', each(`min(${DAY})`));
    case 'last_day':
      return number('day', each(`max(${DAY})`));
    case 'hour':
      return number(
        'hour',
        `SELECT actor_id, ${commonest('h')} AS x FROM (SELECT actor_id, hour(ts) AS h, count(*) AS n FROM events
         WHERE ts IS NOT NULL AND isfinite(ts) GROUP BY ALL) AS e GROUP BY actor_id`,
      );
    case 'count':
      return number('count', each(`count(DISTINCT ${quoteName(column.column)})`));
    case 'median':
    case 'sum':
      return number('number', each(`${column.kind}(${quoteName(column.column)})`));
    default:
      return readTexts(connection, column.kind, column.column, actors);
  }
};

const readTexts = async (
  connection: DuckDBConnection,
  kind: 'mode' | 'set',
  column: string,
  actors: number,
): Promise<RiskValues> => {
  const name = quoteName(column);
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${CODES} AS SELECT value, row_number() OVER (ORDER BY value) - 1 AS code
     FROM (SELECT DISTINCT ${name} AS value FROM events WHERE actor_id IS NOT NULL AND ${name} IS NOT NULL) AS d`,
  );
  const dictionary = await readColumns(connection, `SELECT value FROM ${CODES} ORDER BY code`);
  const texts = textColumn(dictionary, 'value').map((value) => value ?? '');
  const counted = `SELECT e.actor_id, c.code, count(*) AS n FROM events AS e JOIN ${CODES} AS c ON c.value = e.${name} GROUP BY ALL`;
  if (kind === 'mode') {
    const sql = `SELECT actor_id, ${commonest('code')} AS x FROM (${counted}) AS e GROUP BY actor_id`;
    return { kind: 'text', codes: await perActor(connection, sql, actors), values: texts };
  }
  const sets = `SELECT actor_id, array_to_string(list_sort(list(code)), ' ') AS codes FROM (${counted}) AS e GROUP BY actor_id`;
  const listed = await readColumns(connection, `SELECT DISTINCT codes FROM (${sets}) AS s ORDER BY codes`);
  const keys = textColumn(listed, 'codes').map((value) => value ?? '');
  const numbered = `SELECT codes, row_number() OVER (ORDER BY codes) - 1 AS x FROM (SELECT DISTINCT codes FROM (${sets}) AS s) AS d`;
  const sql = `SELECT s.actor_id, d.x FROM (${sets}) AS s JOIN (${numbered}) AS d ON d.codes = s.codes`;
  return {
    kind: 'set',
    codes: await perActor(connection, sql, actors),
    values: keys.map((key) => key.split(' ').map(Number)),
    elements: texts,
  };
};

/** A number `x` per `actor_id`, in the order of the actors. */
const perActor = async (connection: DuckDBConnection, sql: string, actors: number): Promise<Float64Array> => {
  const read = await readColumns(
    connection,
    `SELECT a.place AS place, CAST(v.x AS DOUBLE) AS x FROM (${sql}) AS v JOIN ${ACTORS} AS a ON a.actor_id = v.actor_id`,
  );
  const values = new Float64Array(actors).fill(Number.NaN);
  const x = numberColumn(read, 'x');
  numberColumn(read, 'place').forEach((place, i) => {
    values[place] = x[i] ?? Number.NaN;
  });
  return values;
};
