import type { Dialect } from './dialect.ts';

/** One row per actor, or one per actor × window. */
export type Scope = 'actor' | 'window';

/** What the text of a query depends on. */
export type Context = {
  readonly dialect: Dialect;
  /** Event columns that carry data. */
  readonly available: ReadonlySet<string>;
  readonly scope: Scope;
  /** SQL giving the start of an event's window in epoch microseconds; only in scope `window`. */
  readonly windowStart?: string;
  /** SQL condition on event columns; absent keeps all events. */
  readonly where?: string;
  /** What events are read from, as an item of a FROM clause; absent is table `events`. */
  readonly events?: string;
};

/** Rows to aggregate, keyed by `actor` (and `win` in scope `window`). */
export type Relation = {
  readonly name: string;
  /** Computed once into a temporary table, because several readers need it. */
  readonly stored: boolean;
  readonly uses: (context: Context) => readonly Relation[];
  readonly sql: (context: Context) => string;
};

/** One number per actor. */
export type Feature = {
  readonly name: string;
  readonly sentence: string;
  /** The same value in mathematical words, for an independent implementation. */
  readonly formula: string;
  readonly unit: string;
  readonly needs: readonly string[];
  readonly over: Relation;
  /** Aggregate expression over the rows of `over`. */
  readonly sql: (dialect: Dialect) => string;
  readonly worse?: 'high' | 'low' | 'both';
  readonly windowed?: boolean;
  /** Value of an actor without a row in `over`; missing when not given. */
  readonly absent?: number;
};

/** Features of one idea, in the order they are shown. */
export type Family = {
  readonly name: string;
  readonly title: string;
  readonly features: readonly Feature[];
};

/** The key columns of a relation. */
export const keysOf = (scope: Scope): string => (scope === 'actor' ? 'actor' : 'actor, win');

/** Name of the temporary table of a stored relation. */
export const tableOf = (relation: Relation, dialect: Dialect): string => dialect.name(`fx_${relation.name}`);

/** The relation as an item of a FROM clause. */
export const from = (relation: Relation, context: Context): string =>
  relation.stored
    ? tableOf(relation, context.dialect)
    : `(${relation.sql(context)}) AS ${context.dialect.name(relation.name)}`;
