import { f1Of, shareOf } from '../backtest/measured.ts';
import { both, countBoth, countOf, type Bitset } from './bitset.ts';
import type { Scores } from './types.ts';

/** How hits do on some of the rows, with 95 % intervals. */
export const scoresOf = (hits: Bitset, among: Bitset, positive: Bitset): Scores => {
  const looked = both(hits, among);
  const truePositives = countBoth(looked, positive);
  const falsePositives = countOf(looked) - truePositives;
  const falseNegatives = countBoth(among, positive) - truePositives;
  return {
    truePositives,
    falsePositives,
    falseNegatives,
    precision: shareOf(truePositives, truePositives + falsePositives),
    recall: shareOf(truePositives, truePositives + falseNegatives),
    f1: f1Of(truePositives, falsePositives, falseNegatives),
  };
};
