import type { DuckDBConnection } from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import { BUCKET_PREFIX, CATEGORY_PREFIX, isEventColumn, MEASURE_PREFIX } from '../ingest/schema.ts';
import { quoteName } from './database.ts';
import { withDuckDBErrors } from './duckdb-error.ts';
import { refuseNewer } from './manifest.ts';
import { readColumns, textColumn } from './read-columns.ts';
import { MIGRATIONS, SCHEMA_VERSION } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** Makes the tables in an empty database and writes down whose they are. */
export const createTables = (connection: DuckDBConnection, caseId: string): Promise<void> =>
  inTransaction(connection, 'data.duckdb', async () => {
    await applyMigrations(connection, 0);
    await connection.run("INSERT INTO meta VALUES ('case_id', $1)", [caseId]);
  });

/**
 * Brings an older database to the present schema in one transaction. Errors: `case-damaged` when the tables are not
 * there or belong to another case, `case-newer`.
 */
export const migrateTables = async (connection: DuckDBConnection, caseId: string): Promise<void> => {
  const meta = await readMeta(connection);
  if (meta.get('case_id') !== caseId) throw damaged('The database belongs to another case.');
  const version = Number(meta.get('schema_version'));
  if (!Number.isInteger(version)) throw damaged('The database has no schema version.');
  refuseNewer(version, 'data.duckdb');
  if (version === SCHEMA_VERSION) return;
  await inTransaction(connection, 'data.duckdb', () => applyMigrations(connection, version));
};

/**
 * Adds the measures (`m_…`, DOUBLE), categories (`c_…`, VARCHAR) and buckets (`b_…`, BIGINT) that `events` lacks; schema columns are
 * accepted and already there. Errors: `internal` for any other name.
 */
export const ensureEventColumns = async (connection: DuckDBConnection, columns: readonly string[]): Promise<void> => {
  for (const name of columns) {
    if (isEventColumn(name)) continue;
    const type = TYPES.find(([prefix]) => name.startsWith(prefix))?.[1];
    if (type === undefined) throw new NightjarError('internal', 'The event table has no place for such a column.');
    const sql = `ALTER TABLE events ADD COLUMN IF NOT EXISTS ${quoteName(name)} ${type}`;
    await withDuckDBErrors('events', () => connection.run(sql));
  }
};

const TYPES = [
  [MEASURE_PREFIX, 'DOUBLE'],
  [CATEGORY_PREFIX, 'VARCHAR'],
  [BUCKET_PREFIX, 'BIGINT'],
] as const;

const applyMigrations = async (connection: DuckDBConnection, from: number): Promise<void> => {
  for (const migration of MIGRATIONS.filter((each) => each.to > from)) {
    for (const statement of migration.statements) await connection.run(statement);
  }
  await connection.run("INSERT OR REPLACE INTO meta VALUES ('schema_version', $1)", [String(SCHEMA_VERSION)]);
};

const readMeta = async (connection: DuckDBConnection): Promise<Map<string | null, string | null>> => {
  const tables = await readColumns(
    connection,
    "SELECT table_name FROM duckdb_tables() WHERE table_name = 'meta' AND schema_name = 'main'",
  );
  if (tables.rows === 0) throw damaged('The database does not hold the tables of a case.');
  const meta = await readColumns(connection, 'SELECT key, value FROM meta');
  const values = textColumn(meta, 'value');
  return new Map(textColumn(meta, 'key').map((key, i) => [key, values[i] ?? null]));
};

const damaged = (message: string): NightjarError =>
  new NightjarError('case-damaged', message, {
    where: 'data.duckdb',
    next: 'Put the whole case directory back from one backup.',
  });
