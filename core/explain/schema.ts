import type { Detection } from '../detect/schema.ts';

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
  /** What a detector of joint patterns expects of this actor given its other features; absent where none says so. */
  readonly expected?: number;
  readonly sentence: string;
};

/** What a sentence about a feature is made of; a feature dictionary's records have it. */
export type FeatureWords = {
  readonly name: string;
  /** What the value means, as one plain sentence. */
  readonly sentence: string;
  readonly unit: string;
};

/** Scores changed rows as the queue does: see `Detection.rescore`. */
export type RescoreRows = Detection['rescore'];

/** One feature's part in the smallest change that makes an actor ordinary. */
export type FeatureChange = {
  readonly feature: string;
  /** The actor's own value; null when it is not known. */
  readonly from: number | null;
  /** A value that a peer has. */
  readonly to: number;
};

/** The smallest change found that makes an actor ordinary. */
export type SmallestChange = {
  readonly changes: readonly FeatureChange[];
  /** The queue's score after it. */
  readonly score: number;
  /** "Would look ordinary with about 40 events instead of 812." */
  readonly sentence: string;
};

/** All that is said of one actor. */
export type Explanation = {
  readonly reasons: readonly Reason[];
  /** One sentence a person would write: what the actor does, without numbers of the model. */
  readonly summary: string;
  /** Null for an ordinary actor, and where no few features would do. */
  readonly smallestChange: SmallestChange | null;
  /** Whom the actor resembles beyond chance; null for one in no group. */
  readonly twins: Twins | null;
};

/** The group of near-twins an actor belongs to, as seen from it. */
export type Twins = {
  /** Rows of the others, strongest first. */
  readonly others: readonly number[];
  /** By what they are alike. */
  readonly basis: 'features' | 'events';
  readonly pValue: number;
  /** "Acts like 11 others: they mostly agree in typical pause, addresses and clients." */
  readonly sentence: string;
};
