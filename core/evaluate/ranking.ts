import { NightjarError } from '../api/errors.ts';
import { averagePrecision, averagePrecisionInterval } from './average-precision.ts';
import { wilson } from '../math/index.ts';
import { positivesAbove } from './cut.ts';
import { delongInterval, rocAuc } from './roc-auc.ts';
import type { AtCuts, RankingMetrics } from './schema.ts';
import { tieGroups } from './tie-groups.ts';

export type RankingOptions = {
  /** Seed of the bootstrap behind the interval of average precision, default 0. */
  readonly seed?: number;
  /** Bootstrap replicates, default 400. */
  readonly replicates?: number;
};

const REPLICATES = 400;

/**
 * How well `scores` (higher is more suspicious) rank the rows with label 1 above those with label 0; one entry per row.
 * Rows with equal scores count as one step of the ranking, in areas as in scikit-learn; a cut inside them takes its
 * expected share. A cut beyond the last row takes all rows. Throws `input` for unusable scores or labels.
 */
export const evaluateRanking = (
  scores: Float64Array,
  labels: Uint8Array,
  { seed = 0, replicates = REPLICATES }: RankingOptions = {},
): RankingMetrics => {
  const positives = checkedPositives(scores, labels);
  const n = labels.length;
  const groups = tieGroups(scores, labels);
  const at = (k: number): { rows: number; found: number } => {
    const rows = Math.min(k, n);
    return { rows, found: positivesAbove(groups, rows) };
  };
  const cuts = { '10': at(10), '50': at(50), positives: at(positives) };
  const each = <T>(f: (cut: { rows: number; found: number }) => T): AtCuts<T> => ({
    '10': f(cuts['10']),
    '50': f(cuts['50']),
    positives: f(cuts.positives),
  });
  const { found } = cuts.positives;
  const negatives = n - positives;
  const falsePositives = positives - found;
  return {
    rocAuc: rocAuc(groups),
    averagePrecision: averagePrecision(groups),
    precisionAt: each((cut) => cut.found / cut.rows),
    recallAt: each((cut) => cut.found / positives),
    f1: found / positives,
    falsePositiveRate: falsePositives / negatives,
    ci: {
      rocAuc: delongInterval(groups),
      averagePrecision: averagePrecisionInterval(groups, replicates, seed),
      precisionAt: each((cut) => wilson(cut.found, cut.rows)),
      recallAt: each((cut) => wilson(cut.found, positives)),
      f1: wilson(found, positives),
      falsePositiveRate: wilson(falsePositives, negatives),
    },
  };
};

const checkedPositives = (scores: Float64Array, labels: Uint8Array): number => {
  if (scores.length !== labels.length) {
    throw new NightjarError('usage', `${scores.length} scores cannot be judged by ${labels.length} labels.`, {
      next: 'Give one label per score, in the same order.',
    });
  }
  const missing = scores.reduce((count, score) => count + (Number.isNaN(score) ? 1 : 0), 0);
  if (missing > 0) {
    throw new NightjarError('input', `${missing} of ${scores.length} scores are missing.`, {
      where: 'scores',
      next: 'Leave out the rows that were not scored.',
    });
  }
  return requireBothKinds(labels);
};

/** The number of positives among labels 0 and 1. Errors: `input` where all are alike, `usage` for another number. */
export const requireBothKinds = (labels: Uint8Array): number => {
  let positives = 0;
  for (const label of labels) {
    if (label > 1) throw new NightjarError('usage', 'A label must be 0 or 1.', { where: 'labels' });
    positives += label;
  }
  if (positives > 0 && positives < labels.length) return positives;
  const only = positives === 0 ? 'no positive' : 'no negative';
  throw new NightjarError('input', `Of ${labels.length} labelled rows ${only} is left: there is nothing to rank.`, {
    where: 'labels',
    next: 'Give labels of both kinds for actors that were scored; check that the names in both match.',
  });
};
