/** What a later stage needs to know of a feature to show and weigh it. */
export type FeatureInfo = {
  readonly name: string;
  readonly family: string;
  /** What the value means, as one plain sentence. */
  readonly sentence: string;
  readonly formula: string;
  /** `share` lies in 0–1, `bits` is a base-2 logarithm, `amount` and `measure` are in the log's own unit. */
  readonly unit: string;
  /** Event columns it is computed from. */
  readonly needs: readonly string[];
  /** Which end is suspicious when it is unusual. */
  readonly worse: 'high' | 'low' | 'both';
  /** Also computed per actor × window. */
  readonly windowed: boolean;
};

/** A feature that is not in the table, and why. */
export type DroppedFeature = {
  readonly name: string;
  readonly reason: string;
};
