import { NightjarError } from '../../api/errors.ts';
import type { Random } from '../../random/random.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';
import { byBulk, byFolds, byReference, remedy, shortestAt, twoChances } from './assumptions.ts';
import { conformalPValues } from './conformal.ts';
import { crossConformal, type FitScore } from './cross-conformal.ts';
import { falseDiscoveryCurve, type FalseDiscoveryCurve } from './curve.ts';
import { estimateNullShare } from './false-discovery.ts';
import { mergeByMinimum } from './merge.ts';
import { shortestCut } from './shortest-cut.ts';
import { boundTail } from './tail-bound.ts';

export type CalibrationInput = {
  /** The queue's score, higher is odder, of the actors with evidence; NaN is not judged. */
  readonly oddScore: Float64Array;
  /**
   * A score whose ordinary values have a tail no heavier than exponential, as an isolation forest's, for the case
   * without a reference. Default `oddScore`; a mean of ranks has no tail left and never allows a cut.
   */
  readonly boundedScore?: Float64Array;
  /** p-values of being alike, from a detector with a null of its own; NaN where it says nothing. */
  readonly alikeP?: Float64Array;
  /** 1: known to be benign, by other ways than a low score. Not judged. */
  readonly reference?: Uint8Array;
  /** Fits on some rows and scores others: then the references are held out fold by fold. */
  readonly fitScore?: FitScore;
  /** Default 10; at most the number of references. */
  readonly folds?: number;
  readonly random: Random;
  readonly run: Run;
};

export type CalibrationMethod = 'reference' | 'cross-conformal' | 'tail-bound' | 'none';

export type QueueCalibration = {
  /** One per actor; NaN for references and NaN scores. */
  readonly pValue: Float64Array;
  /** Lowest target false-discovery rate at which the actor passes; 1 where nothing can be promised. */
  readonly qValue: Float64Array;
  readonly method: CalibrationMethod;
  /** What must hold for the numbers to hold, as sentences for the reader. */
  readonly assumptions: string;
  /** False: the pool alone cannot tell abuse from the tail of ordinary behaviour, and no cut is offered. */
  readonly identifiable: boolean;
  /** Estimated share of benign actors among those judged; 1 where it is not estimated. */
  readonly nullShare: number;
  readonly curve: FalseDiscoveryCurve;
};

/** References below which none is used: not even 20 p-values apart. */
export const LEAST_REFERENCES = 20;

/**
 * p-values, q-values and the false-discovery curve of a queue. With at least 20 known benign actors, conformal:
 * from the scores at hand, or, given `fitScore`, with the references held out. Without, the tail of ordinary
 * actors is bounded from the pool's own bulk, and nothing is promised where that is not possible. Being odd and
 * being alike count as two chances: twice the smaller p-value. O(n log n) beside the fits. Throws `usage` for
 * arrays of different lengths, `cancelled`.
 */
export const calibrateQueue = async (input: CalibrationInput): Promise<QueueCalibration> => {
  requireEqualLengths(input);
  const pace = makePace(input.run);
  const odd = await calibrateOdd(input);
  await pace();
  // A detector that says nothing of anybody is no second chance.
  const alike = input.alikeP?.some((p) => !Number.isNaN(p)) === true ? input.alikeP : undefined;
  const pValue = alike === undefined ? odd.pValue : mergeByMinimum(odd.pValue, unjudged(input, alike));
  const identifiable = odd.method !== 'none' || alike !== undefined;
  const nullShare = odd.references > 0 ? estimateNullShare(pValue) : 1;
  await pace();
  const curve = falseDiscoveryCurve(pValue, {
    nullShare,
    references: alike === undefined ? odd.references : 0,
  });
  await pace();
  const qValue = new Float64Array(pValue.length).fill(Number.NaN);
  curve.order.forEach((row, k) => {
    qValue[row] = curve.rate[k] ?? 1;
  });
  const shortest =
    odd.references > 0 ? [shortestAt(shortestCut(nullShare * curve.order.length, odd.references, 0.1))] : [];
  const assumptions = [odd.assumptions, ...shortest, ...(alike === undefined ? [] : [twoChances])].join(' ');
  return { pValue, qValue, method: odd.method, assumptions, identifiable, nullShare, curve };
};

type Odd = {
  readonly pValue: Float64Array;
  readonly method: CalibrationMethod;
  readonly assumptions: string;
  readonly references: number;
};

const calibrateOdd = async (input: CalibrationInput): Promise<Odd> => {
  const { oddScore, fitScore } = input;
  const known = rowsWhere(oddScore, (i) => isReference(input, i));
  const references = known.length;
  if (references < LEAST_REFERENCES) return fromPool(input);
  if (fitScore === undefined) {
    const scores = Float64Array.from(known, (row) => oddScore[row] ?? Number.NaN);
    const pValue = unjudged(input, conformalPValues(oddScore, scores));
    return { pValue, method: 'reference', assumptions: byReference(references), references };
  }
  const judged = rowsWhere(oddScore, (i) => !isReference(input, i));
  const folds = Math.min(input.folds ?? 10, references);
  const values = await crossConformal({ ...input, reference: known, judged, folds, fitScore });
  const pValue = new Float64Array(oddScore.length).fill(Number.NaN);
  judged.forEach((row, i) => {
    pValue[row] = values[i] ?? Number.NaN;
  });
  return { pValue, method: 'cross-conformal', assumptions: byFolds(references, folds), references };
};

const fromPool = (input: CalibrationInput): Odd => {
  const bound = boundTail(input.boundedScore ?? input.oddScore);
  const pValue = unjudged(input, bound.pValue);
  return bound.identifiable
    ? { pValue, method: 'tail-bound', assumptions: byBulk, references: 0 }
    : { pValue, method: 'none', assumptions: `No cut can be promised: ${bound.why}. ${remedy}`, references: 0 };
};

const isReference = ({ reference }: CalibrationInput, row: number): boolean => reference?.[row] === 1;

const rowsWhere = (scores: Float64Array, holds: (row: number) => boolean): Uint32Array =>
  Uint32Array.from(Array.from(scores.keys()).filter((row) => !Number.isNaN(scores[row]) && holds(row)));

/** The p-values without those of references and of actors that were not scored. */
const unjudged = (input: CalibrationInput, pValue: Float64Array): Float64Array =>
  pValue.map((p, row) => (isReference(input, row) || Number.isNaN(input.oddScore[row]) ? Number.NaN : p));

const requireEqualLengths = ({ oddScore, boundedScore, alikeP, reference }: CalibrationInput): void => {
  for (const other of [boundedScore, alikeP, reference]) {
    if (other === undefined || other.length === oddScore.length) continue;
    throw new NightjarError('usage', `${oddScore.length} scores and ${other.length} other values do not match.`, {
      where: 'calibration',
      next: 'Give one value per actor, in the same order.',
    });
  }
};
