/** Why an actor stands out, by one feature. */
export type Reason = {
  readonly feature: string;
  /** In the feature's own unit; null when it is not known for this actor. */
  readonly value: number | null;
  /** Median of the peers; null when no peer has a value. */
  readonly typical: number | null;
  /** Middle half of the peers: first and third quartile. */
  readonly typicalRange: readonly [number, number] | null;
  /** 0–100: share of the peers with a lower value, ties counted half. */
  readonly percentile: number | null;
  /** Share of the actor's score that this feature accounts for; over all features they add to 1. */
  readonly contribution: number;
  readonly sentence: string;
};

/** What a sentence about a feature is made of; a feature dictionary's records have it. */
export type FeatureWords = {
  readonly name: string;
  /** What the value means, as one plain sentence. */
  readonly sentence: string;
  readonly unit: string;
};
