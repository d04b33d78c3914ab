import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { EVENT_COLUMNS } from '../../core/ingest/schema.ts';
import { buildFeatures, type BuiltFeatures } from '../../core/features/index.ts';

export type Cell = string | number | bigint | null;
export type Row = readonly Cell[];

/** SQL type of an event column. */
export const typeOf = (column: string): string => {
  if (column.startsWith('m_')) return 'DOUBLE';
  if (column.startsWith('b_')) return 'BIGINT';
  return EVENT_COLUMNS.find(({ name }) => name === column)?.type ?? 'VARCHAR';
};

const quoted = (column: string): string => `"${column.replaceAll('"', '""')}"`;

export const connect = async (threads = 2): Promise<DuckDBConnection> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: String(threads), memory_limit: '1GB' });
  return instance.connect();
};

/** Table `events` with these columns (separated by spaces) and rows. */
export const createEvents = async (
  connection: DuckDBConnection,
  columns: string,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> => {
  const names = columns.split(' ');
  const types = names.map((column) => `${quoted(column)} ${typeOf(column)}`).join(', ');
  await connection.run(`CREATE OR REPLACE TABLE events (${types})`);
  const literal = (cell: Cell): string =>
    typeof cell === 'string' ? `'${cell.replaceAll("'", "''")}'` : String(cell ?? 'NULL');
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`);
  if (values.length > 0) await connection.run(`INSERT INTO events VALUES ${values.join(', ')}`);
  return new Set(names);
};

export type Values = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** The stored table `features` (or another) as actor → feature → value. */
export const readFeatures = async (connection: DuckDBConnection, table = 'features'): Promise<Values> => {
  const reader = await connection.runAndReadAll(`SELECT * FROM ${table}`);
  return Object.fromEntries(
    reader
      .getRowObjects()
      .map(({ actor_id, ...row }) => [
        String(actor_id),
        Object.fromEntries(Object.entries(row).map(([name, x]) => [name, x === null ? null : Number(x)])),
      ]),
  );
};

/** Features of a literal table, with what was built. */
export const featuresOf = async (
  columns: string,
  rows: readonly Row[],
): Promise<{ readonly values: Values; readonly built: BuiltFeatures }> => {
  const connection = await connect();
  try {
    const available = await createEvents(connection, columns, rows);
    const built = await buildFeatures(connection, { available });
    return { values: await readFeatures(connection), built };
  } finally {
    connection.closeSync();
  }
};
