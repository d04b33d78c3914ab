/**
 * The one form of a rule: what the text form says, what is stored, backtested, run and exported. What it means, to the
 * microsecond, is in docs/rules.md; core/rules/run is the engine that everything else is held against.
 */
export const RULES_FORMAT = 'nightjar-rules';
export const RULES_VERSION = 1;

/** A file of rules. */
export type RuleFile = {
  readonly format: typeof RULES_FORMAT;
  readonly version: typeof RULES_VERSION;
  readonly rules: readonly Rule[];
};

/** A rule over the feature table of actors, or over their events in time. */
export type Rule = ActorRule | EventRule;

type Common = {
  /** `^[a-z][a-z0-9_]{0,63}$`, unique in its file. */
  readonly id: string;
  readonly title: string;
  /** Which abuse it is about, in words; empty when nobody said. */
  readonly intent: string;
  readonly author: string;
  readonly severity: Severity;
  readonly effect: Effect;
  /** `YYYY-MM-DD`: from the start of this day (UTC) on it does not fire; null: never ends. */
  readonly expires: string | null;
  /** What it is known to hit wrongly, in words. */
  readonly falsePositives: readonly string[];
};

/** Hits actors, by their features over the whole log. */
export type ActorRule = Common & {
  readonly over: 'actors';
  /** All must hold. */
  readonly when: readonly FeatureCondition[];
  readonly exclusions: readonly ActorExclusion[];
};

/** Hits groups of events in windows of time. */
export type EventRule = Common & {
  readonly over: 'events';
  /** One to three event columns. An event that misses one of them is not seen. */
  readonly groupBy: readonly string[];
  /** Events that do not meet it do not exist for the rule; null: all do. */
  readonly where: EventFilter | null;
  readonly window: Window;
  /** All must hold. */
  readonly when: readonly Condition[];
  readonly exclusions: readonly EventExclusion[];
};

/** The levels of Sigma. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What another system should do with a hit. */
export type Effect =
  | { readonly kind: 'review' }
  | { readonly kind: 'alert' }
  /** `^[a-z][a-z0-9_]{0,63}$`: put on the actor. */
  | { readonly kind: 'label'; readonly label: string };

/** A whole number and one of s, m, h, d: `90s`, `10m`, `1h`, `30d`; at most 366 days. */
export type Duration = string;

export type Window =
  /** Each moment by itself: the group's events of one timestamp. */
  | { readonly kind: 'event' }
  /** (t − length, t], looked at whenever the group has an event at t. */
  | { readonly kind: 'sliding'; readonly length: Duration }
  /** [n · length, (n + 1) · length) since 1970 UTC, looked at once, when it is over. */
  | { readonly kind: 'tumbling'; readonly length: Duration };

/** A condition on one event, true or false: comparing a missing value is false, and `not` is the plain opposite. */
export type EventFilter =
  | { readonly all: readonly EventFilter[] }
  | { readonly any: readonly EventFilter[] }
  | { readonly not: EventFilter }
  | { readonly column: string; readonly op: '='; readonly value: string | number }
  | { readonly column: string; readonly op: 'in'; readonly values: readonly string[] }
  | { readonly column: string; readonly op: '<' | '<=' | '>' | '>='; readonly value: number }
  | { readonly column: string; readonly op: 'present' };

export const COMPARISONS = ['>=', '>', '<=', '<', '='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A feature of the actor over the whole log, from the feature table that stands beside the events. */
export type FeatureCondition =
  /** In the feature's own unit. */
  | {
      readonly kind: 'feature';
      readonly feature: string;
      readonly op: Comparison;
      readonly value: number;
      readonly unit: string;
    }
  /** 0–100: of the actors with a value, the percentage whose value is lower. */
  | { readonly kind: 'percentile'; readonly feature: string; readonly op: Comparison; readonly value: number };

/** What must hold in a window. `where` narrows the events that are counted; null counts all the rule sees. */
export type Condition =
  | FeatureCondition
  | {
      readonly kind: 'count';
      readonly where: EventFilter | null;
      readonly op: Comparison;
      readonly value: number;
    }
  /** Different values of a text column; missing ones do not count. */
  | {
      readonly kind: 'distinct';
      readonly column: string;
      readonly where: EventFilter | null;
      readonly op: Comparison;
      readonly value: number;
    }
  /** Sum of a number column in steps of 10^−decimals: each value becomes floor(x · 10^decimals + ½) steps; missing ones are 0. */
  | {
      readonly kind: 'sum';
      readonly column: string;
      readonly where: EventFilter | null;
      /** 0–6. */
      readonly decimals: number;
      readonly unit: string;
      readonly op: Comparison;
      readonly value: number;
    }
  /** Events that meet `of` and `among`, over those that meet `among` (0–1); false where there are none of these. */
  | {
      readonly kind: 'ratio';
      readonly of: EventFilter;
      readonly among: EventFilter | null;
      readonly op: Comparison;
      readonly value: number;
    }
  /** Two to five steps, each at a later timestamp than the one before; in a sliding window the last is at t. */
  | { readonly kind: 'sequence'; readonly steps: readonly EventFilter[] }
  /** Events whose value of a text column the group had not shown in the `lookback` before them. */
  | {
      readonly kind: 'firstSeen';
      readonly column: string;
      readonly lookback: Duration;
      readonly where: EventFilter | null;
      readonly op: Comparison;
      readonly value: number;
    };

type Exclusion = {
  readonly owner: string;
  readonly reason: string;
  /** `YYYY-MM-DD`: from the start of this day (UTC) on it excludes nothing. */
  readonly ends: string;
};

/** Events before `ends` that meet `where` do not exist for the rule. */
export type EventExclusion = Exclusion & { readonly where: EventFilter };

/** Actors for whom all of `when` holds are not hit. */
export type ActorExclusion = Exclusion & { readonly when: readonly FeatureCondition[] };

/** Where a rule fired. */
export type Hit = {
  readonly rule: string;
  /** Values of `groupBy`; the actor for a rule over actors. */
  readonly group: readonly string[];
  /** µs since 1970: the moment t (event, sliding) or the start of the window (tumbling); null for a rule over actors. */
  readonly at: number | null;
};

/** Events as the engine takes them, column by column. A column that is not there is missing everywhere. */
export type EventBatch = {
  readonly length: number;
  /** µs since 1970; NaN: missing. */
  readonly ts: Float64Array;
  /** Texts (null: missing) or numbers (NaN: missing). */
  readonly columns: ReadonlyMap<string, readonly (string | null)[] | Float64Array>;
};

/** The features of actors: NaN is missing. */
export type RuleFeatures = {
  readonly actors: readonly string[];
  readonly columns: ReadonlyMap<string, Float64Array>;
};

/** What a text of rules, or a case, is found to say wrong; `from` and `length` are in UTF-16 units of the text. */
export type Diagnostic = {
  /** `unknown-column`, `contradiction`, `rare-value` …: one per validator. */
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly hint: string;
  readonly from: number;
  readonly length: number;
};

/** What is known of the place where rules will run; absent parts are not checked. */
export type Vocabulary = {
  /** Event columns that carry data. */
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'number' }[];
  readonly features: readonly { readonly name: string; readonly unit: string; readonly sentence: string }[];
  /** By text column, values that completion may offer: only those that enough actors of the case show. */
  readonly values?: ReadonlyMap<string, readonly string[]>;
};
