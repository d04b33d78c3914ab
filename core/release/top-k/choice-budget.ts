import { NightjarError } from '../../api/errors.ts';
import { compareRational, divideRational, multiplyRational, rational, type Rational } from '../../math/rational.ts';
import { largestRho, type BoundedRangeEvent, type PrivacyLoss } from '../accounting/index.ts';

/** What each of several choices may cost, and what all of them cost together. */
export type ChoiceBudget = {
  /** Of each choice: it must be ε-bounded-range where `rule` is zcdp, ε-differentially private is enough where it is pure. */
  readonly epsilon: Rational;
  /** By which sum the choices stay within the loss. */
  readonly rule: 'pure' | 'zcdp';
  /** All choices, where each is ε-bounded-range. */
  readonly event: BoundedRangeEvent;
};

/**
 * Splits a loss evenly over `choices` adaptive runs of the exponential mechanism. Pure: ε / choices each (basic
 * composition). zCDP: ε_i = √(8 ρ / choices), because an ε_i-bounded-range choice is ε_i² / 8-zCDP (Cesar & Rogers 2021) and
 * zCDP adds up (Bun & Steinke 2016). (ε, δ): the better of the two, with the largest ρ that gives (ε, δ). Roots are
 * rounded down. `choices` counts those that one actor can influence one after the other. Throws `usage` for no budget.
 */
export const choiceBudget = (loss: PrivacyLoss, choices: number): ChoiceBudget => {
  const most = loss.kind === 'zcdp' ? loss.rho : loss.epsilon;
  if (most.numerator <= 0n) {
    throw new NightjarError('usage', 'Nothing may be spent on choices.', { next: 'Give an epsilon or rho above 0.' });
  }
  if (loss.kind === 'zcdp') return concentrated(loss.rho, choices);
  const pure = budget(divideRational(loss.epsilon, rational(choices)), 'pure', choices);
  if (loss.kind === 'pure' || loss.delta.numerator === 0n || choices === 1) return pure;
  const zcdp = concentrated(largestRho({ ...loss, conversionDelta: loss.delta }), choices);
  return compareRational(zcdp.epsilon, pure.epsilon) > 0 ? zcdp : pure;
};

const concentrated = (rho: Rational, choices: number): ChoiceBudget =>
  budget(rootBelow(divideRational(multiplyRational(rational(8), rho), rational(choices))), 'zcdp', choices);

const budget = (epsilon: Rational, rule: ChoiceBudget['rule'], choices: number): ChoiceBudget => ({
  epsilon,
  rule,
  event: { kind: 'bounded-range', epsilon, choices },
});

const ROOT_BITS = 40n;

/** The largest multiple of 2^−40 that is not above √x. */
export const rootBelow = (x: Rational): Rational =>
  rational(integerRoot((x.numerator << (2n * ROOT_BITS)) / x.denominator), 1n << ROOT_BITS);

/** ⌊√n⌋ by Newton's method from above. */
const integerRoot = (n: bigint): bigint => {
  if (n < 2n) return n;
  let x = 1n << BigInt(Math.ceil(n.toString(2).length / 2));
  for (;;) {
    const next = (x + n / x) / 2n;
    if (next >= x) return x;
    x = next;
  }
};
