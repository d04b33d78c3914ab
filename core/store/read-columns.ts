import {
  DuckDBDecimalValue,
  DuckDBTypeId,
  type DuckDBConnection,
  type DuckDBValue,
  type DuckDBVector,
} from '@duckdb/node-api';

import { NightjarError } from '../api/errors.ts';
import { withDuckDBErrors } from './duckdb-error.ts';
import { streamResult } from './stream-result.ts';
import { vectorItems, vectorValidity } from './vector-data.ts';

/** Numbers, booleans (0, 1) and timestamps (µs since 1970) as Float64Array, NaN for NULL; the rest as text or null. */
export type Column = Float64Array | readonly (string | null)[];

export type Columns = {
  readonly rows: number;
  readonly names: readonly string[];
  readonly columns: readonly Column[];
};

/**
 * Runs a query and returns its result column by column. Integers beyond ±(2^53 − 1) are refused (`internal`): cast
 * them to VARCHAR in the query. Errors of DuckDB leave as NightjarErrors.
 */
export const readColumns = (
  connection: DuckDBConnection,
  sql: string,
  parameters: readonly DuckDBValue[] = [],
): Promise<Columns> =>
  withDuckDBErrors('data.duckdb', async () => {
    const result = await streamResult(connection, sql, parameters);
    const builders = result.types.map((type) => (NUMERIC.has(type.typeId) ? numberBuilder() : textBuilder()));
    let rows = 0;
    let failure: unknown;
    for (let chunk = await result.next(); chunk !== null; chunk = await result.next()) {
      const of = chunk;
      rows += of.rowCount;
      // A result that is not read to its end keeps the database file open, so a failure waits for the end.
      failure ??= attempt(() => builders.forEach((builder, i) => builder.add(of.getColumnVector(i))));
    }
    if (failure !== undefined) throw failure;
    return { rows, names: result.names, columns: builders.map((builder) => builder.finish()) };
  });

/** The numeric column of that name. Errors: `internal` when it is missing or text. */
export const numberColumn = (columns: Columns, name: string): Float64Array => {
  const column = columns.columns[columns.names.indexOf(name)];
  if (column instanceof Float64Array) return column;
  throw new NightjarError('internal', 'A query did not give the number column it should give.', { where: name });
};

/** The text column of that name. Errors: `internal` when it is missing or numeric. */
export const textColumn = (columns: Columns, name: string): readonly (string | null)[] => {
  const column = columns.columns[columns.names.indexOf(name)];
  if (column !== undefined && !(column instanceof Float64Array)) return column;
  throw new NightjarError('internal', 'A query did not give the text column it should give.', { where: name });
};

/** A vector of numbers as `readColumns` gives them. */
export const vectorNumbers = (vector: DuckDBVector): Float64Array => {
  const values = new Float64Array(vector.itemCount);
  copyNumbers(vector, values);
  return values;
};

/** A vector of anything else as text, null for NULL. */
export const vectorTexts = (vector: DuckDBVector): readonly (string | null)[] => {
  const values: (string | null)[] = [];
  for (let i = 0; i < vector.itemCount; i++) {
    const value = vector.getItem(i);
    values.push(value === null ? null : String(value));
  }
  return values;
};

const attempt = (work: () => void): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
};

const NUMERIC: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.BOOLEAN,
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_TZ,
]);

type Builder = { add(vector: DuckDBVector): void; finish(): Column };

const numberBuilder = (): Builder => {
  let values = new Float64Array(0);
  let length = 0;
  return {
    add: (vector) => {
      const rows = vector.itemCount;
      if (length + rows > values.length) {
        const larger = new Float64Array(Math.max(values.length * 2, length + rows));
        larger.set(values);
        values = larger;
      }
      copyNumbers(vector, values.subarray(length, length + rows));
      length += rows;
    },
    finish: () => (length === values.length ? values : values.slice(0, length)),
  };
};

const textBuilder = (): Builder => {
  const values: (string | null)[] = [];
  return {
    add: (vector) => {
      for (const value of vectorTexts(vector)) values.push(value);
    },
    finish: () => values,
  };
};

const copyNumbers = (vector: DuckDBVector, target: Float64Array): void => {
  const items = vectorItems(vector);
  const validity = vectorValidity(vector);
  if (items === undefined || validity === undefined) {
    for (let i = 0; i < target.length; i++) target[i] = toNumber(vector.getItem(i));
    return;
  }
  if (items instanceof BigInt64Array || items instanceof BigUint64Array) copyBigIntegers(items, validity, target);
  else target.set(items);
  for (let i = 0; i < target.length; i++) if (isMissing(validity, i)) target[i] = Number.NaN;
};

const isMissing = (validity: Uint8Array | null, row: number): boolean =>
  validity !== null && (((validity[row >> 3] ?? 0xff) >> (row & 7)) & 1) === 0;

/** Joins the 32-bit halves (little-endian, as every platform of DuckDB is): ten times faster than Number(bigint). */
const copyBigIntegers = (
  items: BigInt64Array | BigUint64Array,
  validity: Uint8Array | null,
  target: Float64Array,
): void => {
  const low = new Uint32Array(items.buffer, items.byteOffset, items.length * 2);
  const high = items instanceof BigInt64Array ? new Int32Array(low.buffer, low.byteOffset, low.length) : low;
  for (let i = 0; i < target.length; i++) {
    const value = (high[2 * i + 1] ?? 0) * 2 ** 32 + (low[2 * i] ?? 0);
    target[i] = isMissing(validity, i) ? Number.NaN : exact(value);
  }
};

const exact = (value: number): number => {
  if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER) return value;
  throw new NightjarError('internal', 'A query gave an integer that is too large to read exactly.');
};

const toNumber = (value: DuckDBValue): number => {
  if (value === null) return Number.NaN;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return exact(Number(value));
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (typeof value === 'object' && 'micros' in value && typeof value.micros === 'bigint') {
    return exact(Number(value.micros));
  }
  throw new NightjarError('internal', 'A query gave a value that is not a number.');
};
