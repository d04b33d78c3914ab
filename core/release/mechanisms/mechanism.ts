import type { LossEvent, Noise, PrivacyLoss, Reach } from '../accounting/index.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import type { BoundedRows } from '../bounding/index.ts';
import type { MeasureKind, ReleaseQuery } from '../schema.ts';

/** One noised vector: an integer statistic per group, how far one actor can move it, and the noise on each entry. */
export type NoisedStatistic = {
  /** `events`, `actors`, `sum` … */
  readonly name: string;
  /** One plain sentence. */
  readonly meaning: string;
  /** L0 and L∞, in integers of the statistic's grid; from the bounds of the query alone. */
  readonly reach: Reach;
  readonly noise: Noise | TruncatedNoise;
};

/** Discrete Laplace given that |x| ≤ bound, on counts that are shown only above `bound`: see `thresholdedCount`. */
export type TruncatedNoise = {
  readonly kind: 'truncated-laplace';
  readonly scale: Reach['sensitivity'];
  readonly bound: number;
};

/** What a mechanism will do, said without any data. */
export type MechanismPlan = {
  readonly statistics: readonly NoisedStatistic[];
  readonly events: readonly LossEvent[];
  /** What the reviewer must know, as plain sentences: splits, rounding, what the interval covers. */
  readonly statements: readonly string[];
};

/** Released numbers of one kind, one per released group; NaN where there is no interval or no answer. */
export type ReleasedColumn = {
  readonly name: string;
  readonly value: Float64Array;
  /** Ends of the interval, both within it. */
  readonly low: Float64Array;
  readonly high: Float64Array;
};

export type MechanismResult = {
  /** Released groups in ascending order; undefined: all of them. */
  readonly groups: Uint32Array | undefined;
  readonly columns: readonly ReleasedColumn[];
  /** The noised integers that the columns were made of, one array per statistic of the plan, for whoever checks. */
  readonly noised: readonly Float64Array[];
};

/** What a mechanism is asked for; all of it public. */
export type MechanismTask = {
  readonly query: ReleaseQuery;
  /** Groups there are; undefined where keys are unknown. */
  readonly groups: number | undefined;
  /** What this mechanism may spend. */
  readonly loss: PrivacyLoss;
};

/** One way of making numbers private: one file, and one line in the list `MECHANISMS`. */
export type Mechanism = {
  readonly measure: MeasureKind;
  /**
   * `known`: releases every group it is given. `unknown`: chooses by itself which groups may be shown. Where a measure has
   * no `unknown` one, keys are selected first and its `known` one sees the kept groups only.
   */
  readonly keys: 'known' | 'unknown';
  /** Errors: `usage` where the task cannot be done, with what to change. */
  readonly plan: (task: MechanismTask) => MechanismPlan;
  /** Draws the noise on `rows.groups` groups. Synchronous: nothing comes between its draws. */
  readonly run: (task: MechanismTask, rows: BoundedRows, source: NoiseSource) => MechanismResult;
  /** Lists of noised integers; where it is left out, one per statistic of the plan. */
  readonly lists?: (task: MechanismTask) => number;
  /**
   * The columns as they follow from the noised integers of the released groups alone, for whoever checks a release without
   * the data. `run` uses it too.
   */
  readonly finish: (task: MechanismTask, noised: readonly Float64Array[]) => readonly ReleasedColumn[];
  /** Why the mechanism cannot have given such integers, whatever the data; left out where it could give any. */
  readonly faultsOf?: (task: MechanismTask, noised: readonly Float64Array[]) => readonly string[];
};
