import type { DuckDBConnection } from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import type { Dimension, KeyColumn, ReleaseQuery, ReleaseRows } from '../release/schema.ts';
import { quoteName } from './database.ts';
import { numberColumn, readColumns, textColumn, type Columns } from './read-columns.ts';
import { readReleaseColumns, type StoredColumn } from './release-columns.ts';
import { filterSql, type FilterSql } from './release-filter.ts';
import { inTransaction } from './transaction.ts';

/**
 * Reads what a release query needs, from one state of the database: rows with an actor that satisfy the filter. A row is
 * kept or not by its own values, so an actor more or less changes no other actor's rows. Errors: `usage` for a column that
 * is not there, may not leave, or is of another type.
 */
export const readReleaseRows = (connection: DuckDBConnection, query: ReleaseQuery): Promise<ReleaseRows> =>
  inTransaction(connection, 'data.duckdb', async () => {
    const columnOf = await columnFinder(connection, query);
    const dimensions = query.by.map((dimension) => columnOf(dimension.column, kindOf(dimension)));
    const value = 'column' in query.measure ? columnOf(query.measure.column, 'number') : undefined;
    const filter = filterSql(query.where, columnOf);
    const table = query.source === 'events' ? 'events' : 'run_features';
    const rows = await readCoded(connection, table, dimensions, value, filter);
    const levels: (readonly string[] | undefined)[] = [];
    for (const column of dimensions) {
      levels.push(column.type === 'text' ? await readLevels(connection, table, column, filter) : undefined);
    }
    const actor = Uint32Array.from(numberColumn(rows, 'actor'));
    return {
      actor,
      actors: actor.reduce((most, code) => Math.max(most, code + 1), 0),
      keys: levels.map((texts, i): KeyColumn => keyColumn(numberColumn(rows, `key_${i}`), texts)),
      value: value === undefined ? undefined : numberColumn(rows, 'value'),
    };
  });

/**
 * Checks that a query uses open columns of the right types only, without reading a row. Errors: as `readReleaseRows`.
 */
export const requireReleaseColumns = async (connection: DuckDBConnection, query: ReleaseQuery): Promise<void> => {
  const columnOf = await columnFinder(connection, query);
  for (const dimension of query.by) columnOf(dimension.column, kindOf(dimension));
  if ('column' in query.measure) columnOf(query.measure.column, 'number');
  filterSql(query.where, columnOf);
};

const kindOf = ({ kind }: Dimension): 'text' | 'number' | 'time' =>
  kind === 'bins' ? 'number' : kind === 'time' ? 'time' : 'text';

type FindColumn = (name: string, type: 'text' | 'number' | 'time') => StoredColumn;

const columnFinder = async (connection: DuckDBConnection, { source }: ReleaseQuery): Promise<FindColumn> => {
  const columns = await readReleaseColumns(connection, source);
  if (columns.length === 0) {
    throw new NightjarError('input', 'The case holds no table of actors.', { next: 'Rank its actors first (detect).' });
  }
  return (name, type) => {
    const column = columns.find((each) => each.name === name);
    const open = columns.filter(({ use }) => use === 'open').map((each) => each.name);
    const next = `Columns that may be used: ${open.slice(0, 40).join(', ')}.`;
    if (column === undefined) throw new NightjarError('usage', 'There is no such column.', { where: name, next });
    if (column.use !== 'open') throw new NightjarError('usage', WHY_NOT[column.use], { where: name, next });
    // A time of a filter was read as a number.
    if (column.type === type || (column.type === 'time' && type === 'number')) return column;
    throw new NightjarError('usage', `The column is no ${type}.`, {
      where: name,
      next: 'Texts have keys, numbers have bins and can be measured, ts has "every".',
    });
  };
};

const WHY_NOT: Readonly<Record<'identity' | 'of-others' | 'internal', string>> = {
  identity: 'The column holds pseudonyms or signatures, and may not leave.',
  'of-others': 'The column depends on what other actors did, and cannot be released with a promise to one actor.',
  internal: 'The column is a place in the input, and may not leave.',
};

/** Actors and texts as numbers: of texts, the place among those that occur, in their order. */
const readCoded = (
  connection: DuckDBConnection,
  table: string,
  dimensions: readonly StoredColumn[],
  value: StoredColumn | undefined,
  { sql, values }: FilterSql,
): Promise<Columns> => {
  const selected = dimensions.map(({ sqlName }, i) => `${quoteName(sqlName)} AS key_${i}`);
  if (value !== undefined) selected.push(`CAST(${quoteName(value.sqlName)} AS DOUBLE) AS value`);
  const coded = dimensions.map(({ type }, i) => {
    if (type === 'text') return `coalesce(level_${i}.code, -1) AS key_${i}`;
    return type === 'time' ? `CAST(epoch_us(key_${i}) AS DOUBLE) AS key_${i}` : `CAST(key_${i} AS DOUBLE) AS key_${i}`;
  });
  const texts = dimensions.flatMap(({ type }, i) => (type === 'text' ? [i] : []));
  return readColumns(
    connection,
    `WITH kept AS MATERIALIZED (
        SELECT actor_id${selected.map((each) => `, ${each}`).join('')} FROM ${table}
        WHERE actor_id IS NOT NULL AND ${sql}),
      people AS MATERIALIZED (
        SELECT actor_id, row_number() OVER () - 1 AS code FROM (SELECT DISTINCT actor_id FROM kept))
      ${texts.map((i) => `, level_${i} AS MATERIALIZED (${levelsOf(`key_${i}`, 'kept')})`).join('')}
    SELECT people.code AS actor${coded.map((each) => `, ${each}`).join('')}${value === undefined ? '' : ', kept.value AS value'}
    FROM kept JOIN people ON people.actor_id = kept.actor_id
    ${texts.map((i) => `LEFT JOIN level_${i} ON level_${i}.level = kept.key_${i}`).join(' ')}`,
    [...values],
  );
};

/** The same numbering in both statements: they see one state of the database. */
const levelsOf = (column: string, from: string): string =>
  `SELECT level, row_number() OVER (ORDER BY level) - 1 AS code
   FROM (SELECT DISTINCT ${column} AS level FROM ${from} WHERE ${column} IS NOT NULL)`;

const readLevels = async (
  connection: DuckDBConnection,
  table: string,
  { sqlName }: StoredColumn,
  { sql, values }: FilterSql,
): Promise<readonly string[]> => {
  const from = `(SELECT ${quoteName(sqlName)} FROM ${table} WHERE actor_id IS NOT NULL AND ${sql})`;
  const read = await readColumns(
    connection,
    `SELECT level FROM (${levelsOf(quoteName(sqlName), from)}) ORDER BY code`,
    [...values],
  );
  return textColumn(read, 'level').map((level) => level ?? '');
};

const keyColumn = (numbers: Float64Array, levels: readonly string[] | undefined): KeyColumn =>
  levels === undefined ? numbers : { codes: Int32Array.from(numbers), levels };
