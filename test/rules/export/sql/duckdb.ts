import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { SQL_EXPORTERS } from '../../../../core/rules/export/sql/index.ts';
import type { ExportOptions } from '../../../../core/rules/export/exporter.ts';
import type { Hit, Rule } from '../../../../core/rules/schema.ts';
import { COLUMNS } from './arbitraries.ts';
import { sortHits, type Cell, type Event, type Features } from './oracle.ts';

export const OPTIONS: ExportOptions = {
  events: 'events',
  features: 'features',
  fields: new Map(),
  date: '2026-01-01',
};

/** The query that an exporter writes. */
export const queryOf = (rule: Rule, engine: string, options: ExportOptions = OPTIONS): string =>
  SQL_EXPORTERS.find(({ name }) => name === `sql:${engine}`)?.write(rule, options)[0]?.text ?? '';

export const connect = async (): Promise<DuckDBConnection> =>
  (await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '1GB' })).connect();

const literal = (cell: Cell): string => {
  if (cell === null) return 'NULL';
  if (typeof cell === 'string') return `'${cell.replaceAll("'", "''")}'`;
  return Object.is(cell, -0) ? '-0e0' : `CAST('${cell}' AS DOUBLE)`;
};

type Columns = readonly (readonly [name: string, type: 'VARCHAR' | 'DOUBLE' | 'BIGINT'])[];

/** Tables `events` and `features` with these rows. */
export const fill = async (
  connection: DuckDBConnection,
  events: readonly Event[],
  features: Features,
  columns: Columns = COLUMNS,
  names: readonly string[] = ['events_per_day', 'night_share'],
): Promise<void> => {
  const types = columns.map(([name, type]) => `"${name}" ${type}`);
  await connection.run(`CREATE OR REPLACE TABLE events (${['ts TIMESTAMP', ...types].join(', ')})`);
  const rows = events.map((event) => {
    const time = event.ts === null ? 'NULL' : `make_timestamp(${event.ts})`;
    return `(${[time, ...columns.map(([name]) => literal(event[name] ?? null))].join(', ')})`;
  });
  if (rows.length > 0) await connection.run(`INSERT INTO events VALUES ${rows.join(', ')}`);
  const numbers = names.map((name) => `"${name}" DOUBLE`);
  await connection.run(`CREATE OR REPLACE TABLE features (${['actor_id VARCHAR', ...numbers].join(', ')})`);
  const actors = Object.entries(features).map(
    ([actor, of]) => `(${[literal(actor), ...names.map((name) => literal(of[name] ?? null))].join(', ')})`,
  );
  if (actors.length > 0) await connection.run(`INSERT INTO features VALUES ${actors.join(', ')}`);
};

/** The hits that a query gives. */
export const hitsOf = async (connection: DuckDBConnection, rule: Rule, query: string): Promise<readonly Hit[]> => {
  const rows = (await connection.runAndReadAll(query)).getRowObjects();
  const group = rule.over === 'actors' ? ['actor_id'] : rule.groupBy;
  return sortHits(
    rows.map((row) => ({
      rule: String(row['rule']),
      group: group.map((name) => String(row[name])),
      at: rule.over === 'actors' ? null : Number(row['at']),
    })),
  );
};
