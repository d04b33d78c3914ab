import type { Rational } from '../math/rational.ts';

/** What a release is about: events, or actors (one row per actor, with the features of the latest run). */
export type ReleaseSource = 'events' | 'actors';

/** What is measured in each group. */
export type Measure =
  | { readonly kind: 'count'; readonly of: 'events' | 'actors' }
  | { readonly kind: 'sum' | 'mean' | 'variance'; readonly column: string }
  /** Quantiles of a column; probabilities strictly between 0 and 1, ascending. */
  | {
      readonly kind: 'quantiles';
      readonly column: string;
      readonly probabilities: readonly Rational[];
      /** Whether each has an interval of its value, which takes choices of its own. */
      readonly intervals?: true | undefined;
    }
  /**
   * Bounds of a column, or of the rows of one actor, found in a noised histogram over doubling bins: from the outermost bins
   * inwards while at most `beyond` are left outside.
   */
  | { readonly kind: 'bounds'; readonly column: string; readonly beyond: number }
  | { readonly kind: 'contributions'; readonly beyond: number }
  /** The `k` groups with most events or actors. */
  | { readonly kind: 'top'; readonly k: number; readonly of: 'events' | 'actors' };

export type MeasureKind = Measure['kind'];

/** A dimension that rows are grouped by. Only the first kind reads its groups from the data. */
export type Dimension =
  | { readonly kind: 'unknown'; readonly column: string }
  /** Public keys, written by the user, never read from the data. */
  | {
      readonly kind: 'keys';
      readonly column: string;
      readonly keys: readonly string[];
      readonly totals?: Totals | undefined;
    }
  /** Declared edges, ascending: bin i holds edges[i] ≤ x < edges[i + 1]. */
  | { readonly kind: 'bins'; readonly column: string; readonly edges: readonly number[] }
  /** Time bins of equal width from `fromUs` (µs since 1970, UTC) up to `toUs`, a whole number of widths later. */
  | {
      readonly kind: 'time';
      readonly column: 'ts';
      readonly every: 'hour' | 'day' | 'week';
      readonly fromUs: number;
      readonly toUs: number;
      readonly totals?: Totals | undefined;
    };

/** Totals over the groups of a dimension, released beside them; everything adds up. Public: calendars and declared lists. */
export type Totals = {
  /** From the finest to the coarsest, above the dimension's own groups; the total of all is one more, above the last. */
  readonly levels: readonly TotalsLevel[];
  /** Share of the loss of each level: the dimension's own groups, `levels`, the total of all. Above 0; they add up to 1. */
  readonly shares: readonly Rational[];
};

export type TotalsLevel = {
  readonly labels: readonly string[];
  /** Of each group of the level below the place in `labels`: ascending from 0 without a gap. */
  readonly groupOf: readonly number[];
};

/** A condition on one row by its own values; a missing value satisfies no comparison. */
export type Filter =
  | { readonly and: readonly Filter[] }
  | { readonly or: readonly Filter[] }
  | { readonly not: Filter }
  | { readonly column: string; readonly op: '=' | '<' | '<=' | '>' | '>='; readonly value: string | number }
  | { readonly column: string; readonly op: 'in'; readonly values: readonly (string | number)[] }
  /** low ≤ x < high. */
  | {
      readonly column: string;
      readonly op: 'between';
      readonly low: string | number;
      readonly high: string | number;
    };

/** Numbers on a declared grid: a value is `cells · step`, with low ≤ cells ≤ high. */
export type Grid = {
  readonly step: Rational;
  readonly lowCells: number;
  readonly highCells: number;
};

/** What one actor may contribute. Nothing here is ever read from the data. */
export type Bounds = {
  readonly groupsPerActor: number;
  readonly rowsPerGroup: number;
  /** Undefined where the measure reads no value. */
  readonly grid: Grid | undefined;
};

/** A query that was read and checked. */
export type ReleaseQuery = {
  readonly source: ReleaseSource;
  readonly measure: Measure;
  /** None to three. */
  readonly by: readonly Dimension[];
  readonly where: Filter | undefined;
  readonly bounds: Bounds;
  /** Level of the intervals, between 0 and 1. Public; costs nothing. */
  readonly level: number;
};

/** A column of a case as a release may see it. */
export type ReleaseColumn = {
  readonly name: string;
  readonly type: 'text' | 'number' | 'time';
  /** `open`: may be grouped by, filtered on and, where it is a number, measured. Else the reason why not. */
  readonly use: 'open' | 'identity' | 'of-others' | 'internal';
};

/**
 * A key column of the rows: texts as codes into `levels` (−1: missing), or numbers (NaN: missing; times in µs since
 * 1970).
 */
export type KeyColumn = { readonly codes: Int32Array; readonly levels: readonly string[] } | Float64Array;

/** Rows that satisfy the query's filter, column by column, as `core/store` reads them. They never leave. */
export type ReleaseRows = {
  /** Actor of each row: 0…actors − 1. */
  readonly actor: Uint32Array;
  readonly actors: number;
  /** One per dimension of the query, in its order. */
  readonly keys: readonly KeyColumn[];
  /** The measured column (NaN: missing); undefined where the measure reads none. */
  readonly value: Float64Array | undefined;
};
