/** The few words in which SQL engines differ. Everything else in an exported query is the same for all of them. */
export type SqlDialect = {
  readonly engine: string;
  readonly title: string;
  /** What the query wants of the table, one line each. */
  readonly notes: readonly string[];
  /** A quoted identifier. */
  readonly name: (identifier: string) => string;
  /** A text literal. */
  readonly text: (value: string) => string;
  /** A finite number as DOUBLE, to the last bit. */
  readonly number: (value: number) => string;
  readonly toDouble: (x: string) => string;
  /** DOUBLE; NULL for NaN, which some engines hold above all numbers and others beside them. */
  readonly toNumber: (x: string) => string;
  /** ⌊x⌋ of a DOUBLE as BIGINT; |x| < 2^53. */
  readonly floor: (x: string) => string;
  /** A count as a number that can be negative, where counts cannot. */
  readonly signed: (count: string) => string;
  /** Remainder with the sign of `a`. */
  readonly remainder: (a: string, b: string) => string;
  /** Whether a window can reach back over any number of microseconds: RANGE BETWEEN n PRECEDING AND CURRENT ROW. */
  readonly hasRanges: boolean;
  /** Microseconds since 1970 of the time column, as BIGINT; of no meaning where it is NULL. */
  readonly micros: (timestamp: string) => string;
  /** Microseconds since 1970 of this moment. */
  readonly now: string;
  /** For people: the timestamp of microseconds since 1970. */
  readonly timestamp: (micros: string) => string;
};

/** The dotted name of a table, each part quoted; a part in double quotes may hold dots. */
export const tableName = (dialect: SqlDialect, path: string): string =>
  path.replaceAll(/"((?:[^"]|"")*)"|[^."]+|\./g, (part, quoted: string | undefined) =>
    part === '.' ? '.' : dialect.name(quoted === undefined ? part : quoted.replaceAll('""', '"')),
  );
