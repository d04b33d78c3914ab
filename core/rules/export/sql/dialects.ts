import type { SqlDialect } from './dialect.ts';
import { backslashed, byBytes, byCodePoint, byUnits, doubled, escaped, hasHidden, joined } from './quoting.ts';

/** With an exponent it is a double, where `0.1` would be a decimal. */
const withExponent = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? text : `${text}e0`;
};
const asDouble = (x: string): string => `CAST(${x} AS DOUBLE)`;
const standard = {
  name: (identifier: string) => doubled('"', identifier),
  text: (value: string) => joined(value, (visible) => doubled("'", visible), 'chr'),
  number: withExponent,
  toDouble: asDouble,
  floor: (x: string) => `CAST(FLOOR(${x}) AS BIGINT)`,
  signed: (count: string) => count,
  remainder: (a: string, b: string) => `${a} % ${b}`,
  hasRanges: true,
};
const UTC = 'ts: a timestamp; one without a time zone is taken as UTC';

const duckdb: SqlDialect = {
  ...standard,
  engine: 'duckdb',
  title: 'DuckDB',
  notes: [UTC],
  toNumber: (x) => `NULLIF(${asDouble(x)}, CAST('NaN' AS DOUBLE))`,
  micros: (timestamp) => `epoch_us(${timestamp})`,
  now: 'epoch_us(now())',
  timestamp: (micros) => `make_timestamp(${micros})`,
};

/** Has no time type: its own functions count in milliseconds. FLOOR is left out of some builds. */
const sqlite: SqlDialect = {
  ...standard,
  engine: 'sqlite',
  title: 'SQLite (3.28 or newer)',
  notes: ['ts: INTEGER, microseconds since 1970 UTC'],
  text: (value) => joined(value, (visible) => doubled("'", visible), 'char'),
  toDouble: (x) => `CAST(${x} AS REAL)`,
  toNumber: (x) => `CAST(${x} AS REAL)`,
  floor: (x) => `(CAST(${x} AS INTEGER) - (${x} < CAST(${x} AS INTEGER)))`,
  micros: (timestamp) => timestamp,
  now: "CAST(strftime('%s', 'now') AS INTEGER) * 1000000",
  timestamp: (micros) => `strftime('%Y-%m-%d %H:%M:%f', ${micros} / 1000000e0, 'unixepoch')`,
};

const postgresMicros = (timestamp: string): string => `CAST(EXTRACT(EPOCH FROM ${timestamp}) * 1000000 AS BIGINT)`;
const postgresDouble = (x: string): string => `CAST(${x} AS DOUBLE PRECISION)`;

/** With `standard_conforming_strings` off a plain literal would read backslashes: one that holds them is written as E'…'. */
const postgres: SqlDialect = {
  ...standard,
  engine: 'postgres',
  title: 'PostgreSQL (11 or newer)',
  notes: [UTC],
  text: (value) =>
    value.includes('\\') || hasHidden(value)
      ? `E${escaped(doubled("'", value.replaceAll('\\', '\\\\')), byCodePoint)}`
      : doubled("'", value),
  number: (value) => postgresDouble(String(value)),
  toDouble: postgresDouble,
  toNumber: (x) => `NULLIF(${postgresDouble(x)}, CAST('NaN' AS DOUBLE PRECISION))`,
  micros: postgresMicros,
  now: postgresMicros('now()'),
  timestamp: (micros) => `TIMESTAMP '1970-01-01' + ${micros} * INTERVAL '1 microsecond'`,
};

/** `$` is escaped because the SQL shell replaces `${name}` even inside literals. */
const spark: SqlDialect = {
  ...standard,
  engine: 'spark',
  title: 'Spark SQL (3.1 or newer), Databricks',
  notes: ['ts: TIMESTAMP (not TIMESTAMP_NTZ)'],
  name: (identifier) => doubled('`', identifier),
  text: (value) => escaped(backslashed("'", value), byUnits).replaceAll('$', byUnits),
  number: (value) => `CAST('${value}' AS DOUBLE)`,
  toNumber: (x) => `NULLIF(${asDouble(x)}, CAST('NaN' AS DOUBLE))`,
  micros: (timestamp) => `unix_micros(${timestamp})`,
  now: 'unix_micros(current_timestamp())',
  timestamp: (micros) => `timestamp_micros(${micros})`,
};

const bigqueryDouble = (x: string): string => `CAST(${x} AS FLOAT64)`;

const bigquery: SqlDialect = {
  ...standard,
  engine: 'bigquery',
  title: 'BigQuery',
  notes: ['ts: TIMESTAMP'],
  name: (identifier) => backslashed('`', identifier),
  text: (value) => escaped(backslashed("'", value), byCodePoint),
  toDouble: bigqueryDouble,
  toNumber: (x) => `IF(IS_NAN(${bigqueryDouble(x)}), NULL, ${bigqueryDouble(x)})`,
  floor: (x) => `CAST(FLOOR(${x}) AS INT64)`,
  remainder: (a, b) => `MOD(${a}, ${b})`,
  micros: (timestamp) => `UNIX_MICROS(${timestamp})`,
  now: 'UNIX_MICROS(CURRENT_TIMESTAMP())',
  timestamp: (micros) => `TIMESTAMP_MICROS(${micros})`,
};

/** A plain lower-case name means there what it means unquoted: upper case. */
const snowflake: SqlDialect = {
  ...standard,
  engine: 'snowflake',
  title: 'Snowflake',
  notes: [UTC, 'plain lower-case names are written in upper case, as Snowflake reads them without quotes'],
  name: (identifier) => doubled('"', /^[a-z_][a-z0-9_$]*$/.test(identifier) ? identifier.toUpperCase() : identifier),
  text: (value) => joined(value, (visible) => backslashed("'", visible), 'chr'),
  number: (value) => `CAST('${value}' AS DOUBLE)`,
  toNumber: (x) => `NULLIF(${asDouble(x)}, CAST('NaN' AS DOUBLE))`,
  micros: (timestamp) => `DATE_PART(epoch_microsecond, ${timestamp})`,
  now: 'DATE_PART(epoch_microsecond, CURRENT_TIMESTAMP())',
  timestamp: (micros) => `TO_TIMESTAMP_NTZ(${micros}, 6)`,
};

/** CAST to a plain type refuses NULL, the to… functions keep it. Ranges reach back 2^31 at most, which is 36 minutes. */
const clickhouse: SqlDialect = {
  ...standard,
  engine: 'clickhouse',
  title: 'ClickHouse',
  notes: [
    'ts: DateTime or DateTime64',
    'lag() and lead(), which old versions lack',
    'a missing value is NULL: a column that is not Nullable misses nothing',
  ],
  name: (identifier) => backslashed('`', identifier),
  text: (value) => escaped(backslashed("'", value), byBytes),
  toDouble: (x) => `toFloat64(${x})`,
  toNumber: (x) => `if(isNaN(toFloat64(${x})), NULL, toFloat64(${x}))`,
  floor: (x) => `toInt64(floor(${x}))`,
  signed: (count) => `toInt64(${count})`,
  hasRanges: false,
  micros: (timestamp) => `assumeNotNull(toUnixTimestamp64Micro(toDateTime64(${timestamp}, 6)))`,
  now: 'toUnixTimestamp64Micro(now64(6))',
  timestamp: (micros) => `fromUnixTimestamp64Micro(${micros}, 'UTC')`,
};

/** Seconds as DOUBLE round to whole microseconds from 1902 to 2106. */
const trinoMicros = (timestamp: string): string => `CAST(ROUND(to_unixtime(${timestamp}) * 1e6) AS BIGINT)`;

const trino: SqlDialect = {
  ...standard,
  engine: 'trino',
  title: 'Trino, Starburst, Athena',
  notes: [`${UTC}; exact to the microsecond from 1902 to 2106`],
  toNumber: (x) => `IF(is_nan(${asDouble(x)}), NULL, ${asDouble(x)})`,
  micros: trinoMicros,
  now: trinoMicros('current_timestamp'),
  timestamp: (micros) => `from_unixtime_nanos(${micros} * 1000)`,
};

export const SQL_DIALECTS: readonly SqlDialect[] = [
  duckdb,
  sqlite,
  postgres,
  spark,
  bigquery,
  snowflake,
  clickhouse,
  trino,
];
