import type { Rule } from '../schema.ts';

/** A form that other systems run. One file per target, one line in `EXPORTERS`. */
export type Exporter = {
  /** `sigma`, `osprey`, `sql:duckdb` …: what `--to` takes. */
  readonly name: string;
  readonly title: string;
  /** What runs it, as one sentence. */
  readonly sentence: string;
  /**
   * The rule as the target runs it. Where the target cannot say all of it, either a narrower rule with every difference in
   * words, so that a backtest can measure what it costs, or a refusal with the reasons. Nothing is dropped in silence.
   */
  readonly translate: (rule: Rule) => Translation;
  /** The files of a translated rule. */
  readonly write: (rule: Rule, options: ExportOptions) => readonly ExportFile[];
};

export type Translation =
  | { readonly kind: 'whole' }
  | { readonly kind: 'narrowed'; readonly rule: Rule; readonly differences: readonly string[] }
  | { readonly kind: 'refused'; readonly reasons: readonly string[] };

export type ExportOptions = {
  /** Table or source of the events in the target. */
  readonly events: string;
  /** Table of the features of actors in the target. */
  readonly features: string;
  /** Names in the target of our event columns; what is not named keeps the exporter's default. */
  readonly fields: ReadonlyMap<string, string>;
  /** `YYYY-MM-DD`, for documents that carry a date. */
  readonly date: string;
  /** How far rules are, by id; a rule that is not in it is a draft. */
  readonly states?: ReadonlyMap<string, 'draft' | 'shadow' | 'live' | 'retired'>;
  /** Writes SQL that makes the table of features, for engines that the feature catalogue is written for; absent without a case. */
  readonly featureSql?: FeatureSql;
};

/** A script that makes a table of features, the event columns it reads, and the features that it cannot make. */
export type FeatureSql = (wanted: {
  readonly names: readonly string[];
  readonly engine: 'duckdb' | 'spark';
  /** The two tables as the engine's SQL names them. */
  readonly events: string;
  readonly features: string;
  readonly fieldOf: (column: string) => string;
}) => {
  readonly sql: string;
  readonly reads: readonly string[];
  readonly left: readonly { readonly name: string; readonly reason: string }[];
};

export type ExportFile = { readonly name: string; readonly text: string };
