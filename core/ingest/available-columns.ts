import type { DuckDBConnection } from '@duckdb/node-api';
import { readColumns, textColumn, quoteName } from '../store/index.ts';

/** The event columns that hold at least one value. */
export const availableColumns = async (connection: DuckDBConnection): Promise<ReadonlySet<string>> => {
  const listed = await readColumns(
    connection,
    "SELECT column_name FROM duckdb_columns() WHERE table_name = 'events' AND NOT internal ORDER BY column_index",
  );
  const names = textColumn(listed, 'column_name').flatMap((name) => name ?? []);
  const counted = await readColumns(
    connection,
    `SELECT ${names.map((name) => `count(${quoteName(name)}) > 0 AS ${quoteName(name)}`).join(', ')} FROM events`,
  );
  return new Set(names.filter((_, i) => firstValue(counted.columns[i]) === 1));
};

const firstValue = (column: unknown): unknown => (column instanceof Float64Array ? column[0] : undefined);
