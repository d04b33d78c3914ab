import { NightjarError } from '../../api/errors.ts';
import type { Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';

/** Doubles are exact integers up to here. */
const EXACT = 2 ** 53;

/**
 * True with probability exp(−γ), exactly, γ ≥ 0: Canonne, Kamath & Steinke 2020, algorithm 1 (von Neumann's trick), with
 * uniform integers only. Throws `internal` where γ is negative.
 */
export const bernoulliExp = (gamma: Rational, source: NoiseSource): boolean => {
  if (gamma.numerator < 0n) throw new NightjarError('internal', 'An exponent is negative.');
  return gamma.numerator < EXACT && gamma.denominator < EXACT
    ? bernoulliExpSmall(Number(gamma.numerator), Number(gamma.denominator), source)
    : bernoulliExpBig(gamma.numerator, gamma.denominator, source);
};

/**
 * The same for γ = n / d with integers 0 ≤ n < 2^53, 1 ≤ d < 2^53, in doubles. Every intermediate is an exact integer:
 * n % d is exact for doubles, (n − n % d) / d is a quotient without a remainder below 2^53, and the rest is `upToOne`'s.
 */
export const bernoulliExpSmall = (n: number, d: number, source: NoiseSource): boolean => {
  if (n <= d) return upToOne(n, d, source);
  const rest = n % d;
  for (let left = (n - rest) / d; left > 0; left--) if (!bernoulliExpMinusOne(source)) return false;
  return upToOne(rest, d, source);
};

/** The same in integers of any size: the same bits give the same answer. */
export const bernoulliExpBig = (n: bigint, d: bigint, source: NoiseSource): boolean => {
  if (n <= d) return upToOneBig(n, d, 1n, source);
  for (let left = n / d; left > 0n; left--) if (!bernoulliExpMinusOne(source)) return false;
  return upToOneBig(n % d, d, 1n, source);
};

/**
 * exp(−1), half of all draws: below(1) is 0, so K begins at 2. A uniform integer below 24 = 2 · 3 · 4 stands for the three
 * independent draws below(2), below(3) and below(4): 12 of them stop at K = 2, 8 at K = 3, 3 at K = 4, 1 goes on to K = 5.
 */
export const bernoulliExpMinusOne = (source: NoiseSource): boolean => {
  const x = source.below(24);
  if (x < 23) return x >= 12 && x < 20;
  let k = 5;
  while (source.below(k) === 0) k++;
  return (k & 1) === 1;
};

/**
 * n ≤ d. Bernoulli(γ / K) is below(d · K) < n. Doubles are monotone: where d · K rounds to less than 2^53 it is less than
 * 2^53, and then exact; else big integers go on with the K that was reached.
 */
const upToOne = (n: number, d: number, source: NoiseSource): boolean => {
  if (n === 0) return true;
  for (let k = 1; ; k++) {
    const range = d * k;
    if (range >= EXACT) return upToOneBig(BigInt(n), BigInt(d), BigInt(k), source);
    if (source.below(range) >= n) return (k & 1) === 1;
  }
};

const upToOneBig = (n: bigint, d: bigint, from: bigint, source: NoiseSource): boolean => {
  if (n === 0n) return true;
  let k = from;
  while (source.belowBig(d * k) < n) k++;
  return k % 2n === 1n;
};
