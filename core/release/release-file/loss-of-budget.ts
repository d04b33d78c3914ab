import { parseRational } from '../../math/rational.ts';
import type { PrivacyLoss } from '../accounting/index.ts';

/** What may be spent, as exact decimals: pure where δ is 0. */
export const lossOfBudget = (epsilonText: string, deltaText: string): PrivacyLoss => {
  const [epsilon, delta] = [parseRational(epsilonText), parseRational(deltaText)];
  return delta.numerator === 0n ? { kind: 'pure', epsilon } : { kind: 'approximate', epsilon, delta };
};
