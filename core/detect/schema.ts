import type { Watch } from '../api/progress.ts';
import type { FalseDiscoveryCurve } from './calibration/curve.ts';
import type { EnsembleCard } from './ensemble/card.ts';

/** Raw scores of one detector, one per actor: higher is more anomalous. */
export type DetectorScores = {
  readonly name: string;
  readonly scores: Float64Array;
};

export type BackendName = 'simd' | 'native' | 'wasm' | 'cpu';

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
 * What one detector says: `score[i]` of actor i, higher is more anomalous, and `tailRank[i]` = −log10 of the share of
 * actors with evidence that are as extreme (2: 1 in 100); of a detector that has a null of its own, −log10 of the chance.
 */
export type DetectorPart = {
  readonly name: string;
  readonly evidence: 'odd' | 'alike';
  readonly score: Float64Array;
  readonly tailRank: Float64Array;
  /** Its say among the detectors of its kind. */
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

/** How the p-values of a run came about, and what they are worth. */
export type Calibration = {
  readonly method: 'reference' | 'cross-conformal' | 'tail-bound' | 'none';
  /** What must hold for the numbers to hold, for the reader. */
  readonly assumptions: string;
  /** False: nothing tells abuse from the tail of ordinary behaviour here, and no cut is offered. */
  readonly identifiable: boolean;
  /** Estimated share of ordinary actors. */
  readonly nullShare: number;
  /** Rows are those of the table. */
  readonly curve: FalseDiscoveryCurve;
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
  /** The stronger of `odd` and `alike`: s means as extreme as 1 in 10^s. Never below 0. */
  readonly score: Float64Array;
  /** −log10 of the share of actors with evidence that are as odd, by all detectors of oddness together. */
  readonly odd: Float64Array;
  /** −log10 of the chance to resemble others so; undefined where no such detector ran. */
  readonly alike: Float64Array | undefined;
  /** 0–100: share of the actors with evidence that score lower, ties counted half. */
  readonly percentile: Float64Array;
  /** Calibrated p-value (`calibration` says how); NaN for an actor without evidence. */
  readonly pValue: Float64Array;
  /** Lowest target of the false-discovery rate at which the actor passes; NaN for an actor without evidence. */
  readonly qValue: Float64Array;
  readonly calibration: Calibration;
  /** What ran, with what say, and why. */
  readonly card: EnsembleCard;
  /** Groups of actors that are alike, the least likely first. */
  readonly groups: readonly TwinGroup[];
  /**
   * The queue's score of made-up rows: values in the table's units, in the order of `features`, NaN where missing. They
   * are held against the actors with evidence by the detectors of oddness alone.
   */
  readonly rescore: (rows: readonly Float64Array[], run?: Run) => Promise<Float64Array>;
  readonly parts: readonly DetectorPart[];
  /** Names of the features that vary and were used. */
  readonly features: readonly string[];
  /** Set when the autoencoder ran. */
  readonly backend: Backend | undefined;
  readonly models: readonly ModelFile[];
  /** What the reader of the result must know, as plain sentences. */
  readonly warnings: readonly string[];
};
