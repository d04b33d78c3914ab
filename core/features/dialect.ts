/** The few words in which DuckDB and Spark SQL differ. */
export type Dialect = {
  readonly engine: 'duckdb' | 'spark';
  /** A quoted identifier. */
  name(identifier: string): string;
  /** Microseconds since 1970 of a timestamp, as BIGINT. */
  epochMicros(timestamp: string): string;
  /** The timestamp of microseconds since 1970. */
  timestamp(micros: string): string;
  /** Exact quartile 1, 2 (the median) or 3 of a group, with linear interpolation, as DOUBLE. */
  quartile(x: string, which: 1 | 2 | 3): string;
  /** Sum of integers that may pass 2^63, without overflow, as DOUBLE. */
  total(x: string): string;
};

/** DuckDB 1.5: `sum` of BIGINT is 128 bits wide, lists count from 1. */
export const duckdb: Dialect = {
  engine: 'duckdb',
  name: (identifier) => `"${identifier.replaceAll('"', '""')}"`,
  epochMicros: (timestamp) => `epoch_us(${timestamp})`,
  timestamp: (micros) => `make_timestamp(${micros})`,
  quartile: (x, which) => `quantile_cont(${x}, [25e-2, 5e-1, 75e-2])[${which}]`,
  total: (x) => `CAST(sum(${x}) AS DOUBLE)`,
};

/** Spark SQL 3.5 and 4: `sum` of BIGINT is 64 bits wide, arrays count from 0. */
export const spark: Dialect = {
  engine: 'spark',
  name: (identifier) => `\`${identifier.replaceAll('`', '``')}\``,
  epochMicros: (timestamp) => `unix_micros(${timestamp})`,
  timestamp: (micros) => `timestamp_micros(${micros})`,
  quartile: (x, which) => `percentile(${x}, array(25e-2, 5e-1, 75e-2))[${which - 1}]`,
  total: (x) => `CAST(sum(CAST(${x} AS DECIMAL(38, 0))) AS DOUBLE)`,
};
