import type { DuckDBConnection } from '@duckdb/node-api';

import { appendColumns } from './append-columns.ts';
import type { Case } from './case.ts';
import { quoteName } from './database.ts';
import { readColumns, textColumn } from './read-columns.ts';

/** How events are made coarser. Columns are event columns of the case. */
export type EventChanges = {
  /** Texts become other texts, or nothing. */
  readonly texts: readonly { readonly column: string; readonly to: (text: string) => string | null }[];
  /** Numbers become the lower edge of their bin, or nothing where there is no edge; edges ascend. */
  readonly numbers: readonly { readonly column: string; readonly edges: readonly number[] }[];
  /** The time of day to the start of its band of so many hours; the day to the start of its band of days counted from `from`. */
  readonly time: {
    readonly hours?: number;
    readonly days?: { readonly step: number; readonly from: number } | 'all';
  };
  /** These actors lose these columns. */
  readonly suppressed: { readonly actors: readonly string[]; readonly columns: readonly string[] };
};

/**
 * Runs `work` on a connection that sees the changed events under the name `events`; the case itself stays as it is. A table
 * `features` that the work leaves is removed. Errors: those of the work and of the database.
 */
export const withChangedEvents = async <T>(
  of: Pick<Case, 'connect'>,
  changes: EventChanges,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> => {
  const connection = await of.connect();
  const made: string[] = [];
  try {
    const joins: string[] = [];
    const replaced = new Map<string, string>();
    for (const [i, { column, to }] of changes.texts.entries()) {
      const table = `risk_text_${i}`;
      made.push(table);
      await mapTexts(connection, table, column, to);
      joins.push(`LEFT JOIN temp.${table} ON ${table}.value = e.${quoteName(column)}`);
      replaced.set(column, `${table}.becomes`);
    }
    for (const { column, edges } of changes.numbers) replaced.set(column, binned(`e.${quoteName(column)}`, edges));
    if (changes.time.hours !== undefined || changes.time.days !== undefined)
      replaced.set('ts', coarseTime(changes.time));
    const { actors, columns } = changes.suppressed;
    if (actors.length > 0 && columns.length > 0) {
      made.push(SUPPRESSED);
      await connection.run(`CREATE OR REPLACE TEMP TABLE ${SUPPRESSED} (actor VARCHAR)`);
      await appendColumns(connection, SUPPRESSED, actors.length, { actor: actors });
      joins.push(`LEFT JOIN temp.${SUPPRESSED} ON ${SUPPRESSED}.actor = e.actor_id`);
      for (const column of columns) {
        const value = replaced.get(column) ?? `e.${quoteName(column)}`;
        replaced.set(column, `CASE WHEN ${SUPPRESSED}.actor IS NULL THEN ${value} END`);
      }
    }
    const replace = [...replaced].map(([column, value]) => `${value} AS ${quoteName(column)}`).join(', ');
    const everything = replaced.size === 0 ? 'e.*' : `e.* REPLACE (${replace})`;
    await connection.run(
      `CREATE OR REPLACE TEMP VIEW events AS SELECT ${everything} FROM ${await eventsOf(connection)} AS e ${joins.join(' ')}`,
    );
    return await work(connection);
  } finally {
    await connection.run('DROP VIEW IF EXISTS temp.events');
    await connection.run('DROP TABLE IF EXISTS features');
    for (const table of made) await connection.run(`DROP TABLE IF EXISTS temp.${table}`);
    connection.closeSync();
  }
};

const SUPPRESSED = 'risk_suppressed';

/** The table by its whole name: the view of the same name must not find itself. */
const eventsOf = async (connection: DuckDBConnection): Promise<string> => {
  const named = await readColumns(connection, 'SELECT current_database() AS name');
  return `${quoteName(textColumn(named, 'name')[0] ?? '')}.main.events`;
};

const mapTexts = async (
  connection: DuckDBConnection,
  table: string,
  column: string,
  to: (text: string) => string | null,
): Promise<void> => {
  const name = quoteName(column);
  const read = await readColumns(connection, `SELECT DISTINCT ${name} AS value FROM events WHERE ${name} IS NOT NULL`);
  const values = textColumn(read, 'value').map((value) => value ?? '');
  await connection.run(`CREATE OR REPLACE TEMP TABLE ${table} (value VARCHAR, becomes VARCHAR)`);
  await appendColumns(connection, table, values.length, { value: values, becomes: values.map(to) });
};

const binned = (value: string, edges: readonly number[]): string => {
  const [lowest, ...others] = edges;
  if (lowest === undefined) return 'CAST(NULL AS DOUBLE)';
  const cases = others.toReversed().map((edge) => `WHEN ${value} >= ${literal(edge)} THEN ${literal(edge)}`);
  return `CASE WHEN ${value} IS NULL THEN NULL ${cases.join(' ')} ELSE ${literal(lowest)} END`;
};

const literal = (value: number): string => `CAST('${value}' AS DOUBLE)`;

const DAY_US = '86400000000';

const coarseTime = ({ hours, days }: EventChanges['time']): string => {
  const day = "date_diff('day', DATE '1970-01-01', CAST(e.ts AS DATE))";
  const ofDay = "(epoch_us(e.ts) - epoch_us(date_trunc('day', e.ts)))";
  const coarseOfDay = hours === undefined ? ofDay : `(${ofDay} - ${ofDay} % (${hours}::BIGINT * 3600000000))`;
  const coarseDay =
    days === undefined
      ? day
      : days === 'all'
        ? '0'
        : `(${days.from} + CAST(floor((${day} - ${days.from}) / ${days.step}e0) AS BIGINT) * ${days.step})`;
  return `CASE WHEN isfinite(e.ts) THEN make_timestamp((${coarseDay})::BIGINT * ${DAY_US} + ${coarseOfDay}) END`;
};
