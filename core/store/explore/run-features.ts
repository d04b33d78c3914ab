import type { DuckDBConnection } from '@duckdb/node-api';

import type { FeatureTable } from '../../table/index.ts';
import { appendColumns } from '../append-columns.ts';
import { quoteName } from '../database.ts';
import { numberColumn, readColumns, textColumn } from '../read-columns.ts';

/** The feature table of the latest run: `actor_id`, `events`, `position` and one DOUBLE per feature. */
const TABLE = 'run_features';

/** Keeps the table that feature building left as the one of the run that is being stored. Runs in its transaction. */
export const keepBuiltFeatures = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run(`DROP TABLE IF EXISTS ${TABLE}`);
  await connection.run(`ALTER TABLE features RENAME TO ${TABLE}`);
};

/** Keeps a feature table that was read ready-made. Runs in the transaction of the run that is being stored. */
export const keepFeatureTable = async (connection: DuckDBConnection, table: FeatureTable): Promise<void> => {
  const columns = table.names.map(columnOf);
  await connection.run(`CREATE OR REPLACE TABLE ${TABLE} (actor_id VARCHAR, events DOUBLE, position BIGINT
    ${columns.map((name) => `, ${quoteName(name)} DOUBLE`).join('')})`);
  await appendColumns(connection, TABLE, table.actors.length, {
    actor_id: table.actors,
    events: table.events,
    position: Float64Array.from(table.actors, (_, i) => i),
    ...Object.fromEntries(columns.map((name, j) => [name, table.columns[j] ?? null])),
  });
};

/**
 * Features of the latest run, over all actors or one, in the order of the run's scores; undefined where the case keeps
 * none that fit: it was ranked before feature tables were kept.
 */
export const readRunFeatures = async (
  connection: DuckDBConnection,
  names: readonly string[],
  actor?: string,
): Promise<FeatureTable | undefined> => {
  const listed = await readColumns(
    connection,
    `SELECT column_name FROM duckdb_columns() WHERE table_name = '${TABLE}' AND NOT internal`,
  );
  const known = new Set(textColumn(listed, 'column_name'));
  const columns = names.map((name) => (known.has(columnOf(name)) ? columnOf(name) : name));
  if (known.size === 0 || columns.some((name) => !known.has(name))) return undefined;
  const selected = [
    'actor_id',
    'CAST(events AS DOUBLE) AS events',
    ...columns.map((name, j) => `${quoteName(name)} AS x_${j}`),
  ];
  const read = await readColumns(
    connection,
    `SELECT ${selected.join(', ')} FROM ${TABLE} WHERE $1::VARCHAR IS NULL OR actor_id = $1 ORDER BY position`,
    [actor ?? null],
  );
  return {
    actors: textColumn(read, 'actor_id').map((name) => name ?? ''),
    events: numberColumn(read, 'events'),
    names,
    columns: names.map((_, j) => numberColumn(read, `x_${j}`)),
  };
};

/** A column of somebody's own table may be called like one of ours, or differ from another by case only. */
const columnOf = (name: string): string => `own:${Buffer.from(name).toString('hex')}`;
