import { judgedInOrder } from './false-discovery.ts';
import { predictedShare } from './prediction.ts';

/** What to expect of reviewing the first k actors, smallest p-value first; entry k − 1 is for k. */
export type FalseDiscoveryCurve = {
  /** Rows in the order of review. */
  readonly order: Uint32Array;
  /**
   * Share of benign actors among the first k, at most 1: the lowest target under which these k pass. Rises with
   * k.
   */
  readonly rate: Float64Array;
  /** 90 % interval of the share among just these k. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** k times (1 − the share estimated for just these k). */
  readonly trueFindings: Float64Array;
};

export type CurveOptions = {
  /** Share of benign actors among those judged. */
  readonly nullShare: number;
  /** Known benign actors behind the p-values; 0 where the p-values are upper bounds, and so is the rate. */
  readonly references: number;
};

/**
 * False discoveries to expect at every possible cut of the review. With references the interval is that
 * of predicting how many of the benign actors pass a threshold some of the references passed (Wilson 1927, widened as
 * in `predictedShare`); without, only the upper end is known: from 0 to the rate of just these k.
 * Where nothing is known the p-values are ranks, and every rate is 1. O(n log n).
 */
export const falseDiscoveryCurve = (
  pValue: Float64Array,
  { nullShare, references }: CurveOptions,
): FalseDiscoveryCurve => {
  const order = judgedInOrder(pValue);
  const judged = order.length;
  const benign = nullShare * judged;
  const rate = new Float64Array(judged);
  const low = new Float64Array(judged);
  const high = new Float64Array(judged);
  const trueFindings = new Float64Array(judged);
  let least = 1;
  let end = judged;
  for (let k = judged; k > 0; k--) {
    const p = pValue[order[k - 1] ?? 0] ?? 1;
    // Equal p-values cannot be told apart: all of them share the rate of the last.
    if (k < judged && p < (pValue[order[k] ?? 0] ?? 1)) end = k;
    const here = Math.min(1, (benign * p) / end);
    least = Math.min(least, here);
    rate[k - 1] = least;
    trueFindings[k - 1] = k * (1 - here);
    const passed = Math.max(0, Math.round(p * (references + 1)) - 1);
    const share = references > 0 ? predictedShare(passed, references, benign) : [0, p];
    low[k - 1] = Math.min(1, (benign * (share[0] ?? 0)) / end);
    high[k - 1] = Math.min(1, (benign * (share[1] ?? 1)) / end);
  }
  return { order, rate, low, high, trueFindings };
};

export type Review = {
  /** Actors to review, from the first of `order`; 0 where no cut keeps the target. */
  readonly count: number;
  /**
   * Cuts at which the upper and the lower end of the interval keep the target; without references `high` is
   * everybody.
   */
  readonly low: number;
  readonly high: number;
  /** How many of `count` are expected to be abuse. */
  readonly trueFindings: number;
};

/** How many to review so that the share of benign actors among them is expected to stay at or below `target`. */
export const reviewCount = (curve: FalseDiscoveryCurve, target: number): Review => {
  const count = lastWithin(curve.rate, target);
  return {
    count,
    low: Math.min(count, lastWithin(curve.high, target)),
    high: Math.max(count, lastWithin(curve.low, target)),
    trueFindings: count === 0 ? 0 : (curve.trueFindings[count - 1] ?? 0),
  };
};

const lastWithin = (shares: Float64Array, target: number): number =>
  shares.findLastIndex((share) => share <= target) + 1;
