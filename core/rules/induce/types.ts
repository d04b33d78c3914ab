import type { Measured } from '../backtest/measured.ts';
import type { EventCount } from './event-columns.ts';
import type { EventBatch, Rule, RuleFeatures } from '../schema.ts';

/** What is known of a feature: `worse` is the end that is suspicious. */
export type InduceFeature = {
  readonly name: string;
  readonly unit: string;
  readonly sentence: string;
  readonly worse: 'high' | 'low' | 'both';
};

/** Which actors rules are learned from: 1 for training, 0 for the hold-out; or how these are drawn. */
export type Split = 'time' | 'random' | Uint8Array;

export type InduceInput = {
  readonly features: RuleFeatures;
  /** The features rules may speak of; columns without one are not used. */
  readonly infos: readonly InduceFeature[];
  /** Per actor: 1 abuse (or flagged, or of the group), 0 benign (or all others), −1 left out. */
  readonly labels: Int8Array;
  /** The events of these actors: rules may then speak of what happened in windows of time too. */
  readonly events?: readonly EventBatch[];
  /** What rules may count in those windows. Default: all. */
  readonly counts?: readonly EventCount[];
  /** Whether a rule will see only actors with an event that it counts. Default: all with an event. */
  readonly ofCounted?: boolean;
  /** Per actor a moment (the median or the first of its events, µs since 1970), for a split by time; NaN: none. */
  readonly times?: Float64Array;
  readonly split: Split;
  /** `set`: a few rules that together find the positives; `one`: one rule that describes them. */
  readonly purpose: 'set' | 'one';
  /** Default 4. */
  readonly mostConditions?: number;
  /** Default 5; 1 where the purpose is `one`. */
  readonly mostRules?: number;
  /** Every rule hits at least so many actors, and every threshold has so many on either side. Default 10. */
  readonly k?: number;
  /** Rules that are carried on from one condition to the next, by each of two orders. Default 5. */
  readonly beamWidth?: number;
  /** Weight of recall against precision in the F measure that is maximised. Default 0.8. */
  readonly beta?: number;
  /** Trees whose leaves are a second source of rules. Default 0: none. */
  readonly trees?: number;
  /** Resamples that stability is measured over. Default 20; 0: not measured. */
  readonly resamples?: number;
  /** What the rules say of themselves. */
  readonly intent?: string;
  readonly author?: string;
};

/** How rules do on some labelled actors. */
export type Scores = {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly precision: Measured;
  readonly recall: Measured;
  readonly f1: Measured;
};

export type InducedRule = {
  readonly rule: Rule;
  readonly training: Scores;
  /** On actors it was not learned from; null where there are too few positives to hold any out. */
  readonly holdOut: Scores | null;
  /** How many of all actors it hits, labelled or not. */
  readonly actors: number;
};

/** How alike what is learned from 80 % of the training actors, drawn anew each time, is. */
export type Stability = {
  readonly resamples: number;
  /** Mean over pairs of resamples of |A ∩ B| / |A ∪ B| of the actors that the rules hit. */
  readonly jaccard: number;
  /** Of the conditions of the rules, the mean share whose feature and direction a resample finds again. */
  readonly conditions: number;
};

export type InduceNote = {
  readonly code: 'few-positives' | 'no-hold-out' | 'no-rule' | 'no-support' | 'loosened';
  readonly message: string;
};

export type InducedRules = {
  readonly rules: readonly InducedRule[];
  /** Of all rules together: an actor is hit when one of them hits. */
  readonly list: { readonly training: Scores; readonly holdOut: Scores | null };
  readonly stability: Stability | null;
  readonly notes: readonly InduceNote[];
};
