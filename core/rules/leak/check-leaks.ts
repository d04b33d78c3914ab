import { NightjarError } from '../../api/errors.ts';
import type { Rule } from '../schema.ts';
import { checkColumns } from './check-columns.ts';
import { checkDifferences } from './check-differences.ts';
import { checkSupport } from './check-support.ts';
import { checkTexts } from './check-texts.ts';
import { checkThresholds } from './check-thresholds.ts';
import type { LeakEvidence } from './evidence.ts';
import type { Leak } from './leak.ts';

/**
 * Why a rule may not leave its case; empty when it may. What leaves is the rule's text. It may leave when, with k actors as
 * the fewest that anything in it may be about,
 *
 * 1. no text in it is or holds a pseudonym of the case, or looks like something that names a person, and no value is
 *    compared with a column of identities;
 * 2. every text that a column is compared with is shown by at least k actors;
 * 3. every number lies on a grid that is the same for all data (`grid.ts`), and every condition, and every part of a
 *    filter, by itself, has at least k actors on the side where it holds, and on the other side at least k as well, or,
 *    where it has no threshold of its own, nobody;
 * 4. the rule hits at least k actors, and leaves nobody or at least k of those it looks at; and of two rules of one export
 *    each hits nobody or at least k actors whom the other does not;
 * 5. the same holds of exclusions, and each keeps nobody or at least k actors from being hit.
 *
 * This is k-anonymity of what the text singles out (Sweeney 2002), not differential privacy: whoever knows all actors of a
 * set but one, or may compare exports of different times, can learn about the last one. No message holds a value or a
 * number of actors other than k. Errors: `usage` for a k below 2.
 */
export const checkLeaks = (rule: Rule, evidence: LeakEvidence): readonly Leak[] => {
  if (!Number.isInteger(evidence.k) || evidence.k < 2) {
    throw new NightjarError('usage', 'The fewest actors that a rule may be about is too small.', {
      where: 'k',
      next: 'Give a whole number from 2 up; 10 is usual.',
    });
  }
  return CHECKS.flatMap((check) => check(rule, evidence));
};

const CHECKS: readonly ((rule: Rule, evidence: LeakEvidence) => readonly Leak[])[] = [
  checkTexts,
  checkColumns,
  checkThresholds,
  checkSupport,
  checkDifferences,
];
export type { Leak } from './leak.ts';
