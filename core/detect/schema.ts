import type { Watch } from '../api/progress.ts';

/** Raw scores of one detector, one per actor: higher is more anomalous. */
export type DetectorScores = {
  readonly name: string;
  readonly scores: Float64Array;
};

export type BackendName = 'native' | 'wasm' | 'cpu';

/** Which numeric engine the autoencoder ran on, and why this one. */
export type Backend = {
  readonly name: BackendName;
  readonly version: string;
  readonly why: string;
};

/** How a detector's call is watched, stopped and spread. */
export type Run = Watch & {
  /** Worker threads a call may use; scores do not depend on it. Default: what the machine has. */
  readonly threads?: number;
  readonly backend?: BackendName;
};

/**
 * What one detector says: `score[i]` of actor i, higher is more anomalous, and
 * `tailRank[i]` = −log10(1 − rank) among the actors with evidence (2: as extreme as 1 in 100).
 */
export type DetectorPart = {
  readonly name: string;
  readonly score: Float64Array;
  readonly tailRank: Float64Array;
  /** Its say in the score, which is the weighted mean of the tail ranks. */
  readonly weight: number;
  /**
   * How much each feature adds to the scores of the actors at `rows`: row by row, one number per
   * name in `Detection.features`, in the detector's own unit; negative speaks for the actor.
   */
  readonly attribute: (rows: readonly number[], run?: Run) => Promise<Float64Array>;
};

/** Actors that resemble each other, or act together, beyond what chance and habit explain. */
export type TwinGroup = {
  /** Row numbers, strongest member first. */
  readonly members: readonly number[];
  /** By what they are alike: their features, or doing the same to the same objects at the same times. */
  readonly basis: 'features' | 'events';
  /** Probability of such a group by chance. */
  readonly pValue: number;
  /** What they share, strongest first: a feature's name, or `objects` within a time window. */
  readonly shared: readonly { readonly what: string; readonly value: number; readonly others: number }[];
  /** One plain sentence. */
  readonly sentence: string;
};

export type Evidence = 'ok' | 'insufficient';

/** One self-describing file of a fitted detector or of the scaling: see model-file.ts. */
export type ModelFile = { readonly name: string; readonly bytes: Uint8Array };

/** A scored table: every array has one entry per actor, in the order of the table. */
export type Detection = {
  readonly actors: readonly string[];
  readonly events: Float64Array;
  readonly evidence: readonly Evidence[];
  /** Rows from most to least anomalous; actors without enough evidence follow after all others. */
  readonly order: readonly number[];
  /** Weighted mean of the detectors' tail ranks: s means as extreme as 1 in 10^s. Never below 0. */
  readonly score: Float64Array;
  /** 0–100: share of the actors with evidence that score lower, ties counted half. */
  readonly percentile: Float64Array;
  /** Conformal p-value against the actors with evidence; NaN for an actor without. */
  readonly pValue: Float64Array;
  readonly parts: readonly DetectorPart[];
  /** Names of the features that vary and were used. */
  readonly features: readonly string[];
  /** Set when the autoencoder ran. */
  readonly backend: Backend | undefined;
  readonly models: readonly ModelFile[];
  /** What the reader of the result must know, as plain sentences. */
  readonly warnings: readonly string[];
};
