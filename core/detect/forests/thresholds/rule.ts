import type { Random } from '../../../random/random.ts';

export type Threshold = {
  /** A float32 at or above the smallest value and below the largest. */
  readonly at: number;
  /** How much the cut explains, at most 1: larger is better among cuts of one rule. */
  readonly gain: number;
};

/** Chooses where to cut a node's values: finite, two at least different, in no order; the rule may reorder them. */
export type ThresholdRule = (values: Float32Array, random: Random) => Threshold;
