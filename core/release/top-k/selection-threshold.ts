import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import { expBounds } from './exp-bounds.ts';

/** How one choice among keys is made: weights exp(rate · count), and what a key must reach. */
export type KeyChoice = {
  /** ε of one choice / contribution. */
  readonly rate: Rational;
  /** Most that one actor adds to the count of one key. */
  readonly contribution: number;
  /** Most keys that one actor adds to. */
  readonly keysPerActor: number;
};

/**
 * The smallest whole count that "no further key" may be scored with, so that choosing among the keys that occur costs δ:
 * contribution + τ, τ the smallest whole number with keysPerActor · exp(−rate τ) ≤ β, β = min(δ / (1 − δ), ε) for the ε of
 * one choice. The comparison is exact: it uses integer bounds of exp. Throws `usage` where δ is not inside (0, 1).
 */
export const selectionThreshold = (choice: KeyChoice, delta: Rational): number => {
  if (delta.numerator <= 0n || delta.numerator >= delta.denominator) {
    throw new NightjarError('usage', 'Keys that are not known need a delta above 0 and below 1.', {
      where: 'delta',
      next: 'Give a delta, such as 1e-6, or list the keys.',
    });
  }
  const odds = rational(delta.numerator, delta.denominator - delta.numerator);
  const epsilon = rational(choice.rate.numerator * BigInt(choice.contribution), choice.rate.denominator);
  const enough = (tau: number): boolean => {
    const exponent = rational(choice.rate.numerator * BigInt(tau), choice.rate.denominator);
    const mass = expBounds(exponent, BITS).high * BigInt(choice.keysPerActor);
    return [odds, epsilon].every((bound) => mass * bound.denominator <= bound.numerator << BigInt(BITS));
  };
  let high = 1;
  while (!enough(high)) {
    high *= 2;
    if (high > 2 ** 50) throw tooWide();
  }
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (enough(middle)) high = middle;
    else low = middle;
  }
  return choice.contribution + high;
};

/** Fine enough for any δ that can be asked for, down to 2^−1300. */
const BITS = 1400;

const tooWide = (): NightjarError =>
  new NightjarError('usage', 'Keys cannot be chosen at this cost: no count would be high enough.', {
    where: 'delta',
    next: 'Raise epsilon or delta.',
  });
