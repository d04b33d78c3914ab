import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { Log, SqlType } from './generated-log.ts';

type Column = {
  readonly name: string;
  readonly type: SqlType;
  readonly values: readonly (string | null)[] | Float64Array;
};

/** Tables `<name>_events` and `<name>_features` in DuckDB, and the same as Parquet with times as whole numbers (`us`). */
export const writeTables = async (connection: DuckDBConnection, log: Log, folder: string): Promise<void> => {
  const { events, features } = log;
  const empty = new Float64Array(events.length).fill(Number.NaN);
  await fill(connection, 'staged', events.length, [
    { name: 'us', type: 'BIGINT', values: events.ts },
    ...log.types.map(([name, type]): Column => ({ name, type, values: events.columns.get(name) ?? empty })),
  ]);
  const parquet = (table: string, file: string): string => `COPY ${table} TO '${folder}/${file}' (FORMAT parquet)`;
  await connection.run(parquet('staged', `${log.name}.parquet`));
  await connection.run(
    `CREATE TABLE ${log.name}_events AS SELECT make_timestamp(us) AS ts, * EXCLUDE (us) FROM staged`,
  );
  await fill(connection, `${log.name}_features`, features.actors.length, [
    { name: 'actor_id', type: 'VARCHAR', values: features.actors },
    ...[...features.columns].map(([name, values]): Column => ({ name, type: 'DOUBLE', values })),
  ]);
  await connection.run(parquet(`${log.name}_features`, `${log.name}.features.parquet`));
};

const fill = async (
  connection: DuckDBConnection,
  table: string,
  rows: number,
  columns: readonly Column[],
): Promise<void> => {
  const types = columns.map(({ name, type }) => `"${name}" ${type}`).join(', ');
  await connection.run(`CREATE OR REPLACE TABLE ${table} (${types})`);
  const appender = await connection.createAppender(table);
  for (let row = 0; row < rows; row++) {
    for (const column of columns) append(appender, column, row);
    appender.endRow();
  }
  appender.closeSync();
};

/** A missing number is NULL in even rows and NaN in odd ones, where the type has it. */
const append = (appender: DuckDBAppender, { type, values }: Column, row: number): void => {
  const value = values[row];
  if (value === null || value === undefined) appender.appendNull();
  else if (typeof value === 'string') appender.appendVarchar(value);
  else if (Number.isNaN(value) && (type === 'BIGINT' || row % 2 === 0)) appender.appendNull();
  else if (type === 'BIGINT') appender.appendBigInt(BigInt(value));
  else appender.appendDouble(value);
};
