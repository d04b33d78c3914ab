import type { DuckDBConnection } from '@duckdb/node-api';
import { NightjarError } from '../../api/errors.ts';
import { quoteName, readColumns } from '../../store/index.ts';

/** A column of a Parquet file. */
export type ParquetNumbers = {
  /** One per row; NaN: missing. */
  readonly values: Float64Array;
  /** How many had more digits than a double keeps. */
  readonly rounded: number;
};

const EXACT = /^(?:BOOLEAN|U?(?:TINY|SMALL)?INT(?:EGER)?|UINTEGER|DOUBLE)$/u;
/** So many values are asked for at a time: between two answers a cancel is heard. */
const VALUES_AT_ONCE = 4_000_000;

/** Whether values of a type are read as doubles as they are. What is wider (HUGEINT, DECIMAL) goes by way of text. */
export const isNumeric = (type: string): boolean => EXACT.test(type) || type === 'FLOAT' || type === 'BIGINT';

/** Columns of a table in DuckDB as doubles, equal to what reading their text gives. Throws `cancelled`. */
export const readNumbers = async (
  connection: DuckDBConnection,
  from: string,
  columns: readonly (readonly [field: string, type: string])[],
  signal: AbortSignal | undefined,
): Promise<readonly ParquetNumbers[]> => {
  const { columns: counted } = await readColumns(connection, `SELECT count(*)::DOUBLE FROM ${from}`);
  const rows = Number(counted[0]?.[0] ?? 0);
  const atOnce = Math.max(1, Math.floor(VALUES_AT_ONCE / Math.max(1, rows)));
  const read: ParquetNumbers[] = [];
  for (let first = 0; first < columns.length; first += atOnce) {
    if (signal?.aborted) throw new NightjarError('cancelled', 'Cancelled.');
    read.push(...(await readSome(connection, from, columns.slice(first, first + atOnce))));
  }
  return read;
};

const readSome = async (
  connection: DuckDBConnection,
  from: string,
  columns: readonly (readonly [field: string, type: string])[],
): Promise<readonly ParquetNumbers[]> => {
  const values = columns.map(([field, type], i) => `${asDouble(quoteName(field), type)} AS v${i}`);
  const wide = columns.map(([field, type], i) => `${roundedOf(quoteName(field), type)} AS r${i}`);
  const { columns: found } = await readColumns(connection, `SELECT ${values.join(', ')} FROM ${from}`);
  const isWide = columns.some(([, type]) => type === 'BIGINT');
  const { columns: rounded } = isWide
    ? await readColumns(connection, `SELECT ${wide.join(', ')} FROM ${from}`)
    : { columns: [] };
  return found.map((column, i) => {
    if (!(column instanceof Float64Array)) throw new TypeError('a number was read as text');
    return { values: column, rounded: Number(rounded[i]?.[0] ?? 0) };
  });
};

/** A FLOAT is what its shortest decimal says, as in a text: 0.1, not the double next to it. */
const asDouble = (name: string, type: string): string =>
  type === 'FLOAT' ? `CAST(CAST(${name} AS VARCHAR) AS DOUBLE)` : `CAST(${name} AS DOUBLE)`;

const roundedOf = (name: string, type: string): string =>
  type === 'BIGINT' ? `count(*) FILTER (CAST(CAST(${name} AS DOUBLE) AS HUGEINT) <> ${name})::DOUBLE` : '0::DOUBLE';
