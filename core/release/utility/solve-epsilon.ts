import { NightjarError } from '../../api/errors.ts';
import { rational, type Rational } from '../../math/rational.ts';
import {
  gaussianSigmaSquared,
  halfWidth,
  laplaceScale,
  largestRho,
  twoSidedTail,
  type Noise,
  type Reach,
} from '../accounting/index.ts';

export type AccuracyWish = {
  /** L0 and L∞ of the statistic, from the bounds of the query. */
  readonly reach: Reach;
  /** The interval of noise must be at most ± this many steps: 50 for ±5 % on groups over 1,000. */
  readonly within: number;
  /** How often it must hold. */
  readonly level: number;
  /** 0: discrete Laplace only. */
  readonly delta: Rational;
};

export type SolvedEpsilon = {
  readonly epsilon: Rational;
  readonly noise: Noise;
  /** What the interval will be: at most `within`. */
  readonly halfWidth: number;
};

/** ε is solved to a millionth. */
const UNIT = 1_000_000;
const MOST_EPSILON = 100;

/**
 * The smallest ε, to a millionth, whose noise keeps the interval within the wish, by the exact tails of the noise; a smaller
 * ε widens it, so that bisection finds it. Only noise is in it: see `expectedError` for what bounds and dropped keys add.
 * With a δ the narrower of discrete Laplace and discrete Gaussian noise is taken (`narrowerNoise`).
 * Throws `usage` where no ε up to 100 does, or the wish is none.
 */
export const solveEpsilon = (wish: AccuracyWish): SolvedEpsilon => {
  if (!Number.isSafeInteger(wish.within) || wish.within < 0) {
    throw new NightjarError('usage', 'The accuracy asked for is out of range.', {
      where: 'within',
      next: 'Give a whole number of steps from 0 up.',
    });
  }
  const { reach, within, level, delta } = wish;
  const isEnough = (noise: Noise | undefined): boolean =>
    noise !== undefined && twoSidedTail(noise, within + 1) <= 1 - level;
  const laplace = leastEpsilon(MOST_EPSILON * UNIT, (epsilon) => isEnough(laplaceNoise(reach, epsilon)));
  const gaussian =
    delta.numerator > 0n
      ? leastEpsilon(laplace ?? MOST_EPSILON * UNIT, (epsilon) => isEnough(gaussianNoise(reach, epsilon, delta)))
      : undefined;
  const millionths = gaussian ?? laplace;
  if (millionths === undefined) {
    throw new NightjarError('usage', 'No epsilon up to 100 gives this accuracy.', {
      where: 'within',
      next: 'Ask for less accuracy, larger groups, or tighter bounds.',
    });
  }
  const epsilon = rational(millionths, UNIT);
  const noise = narrowerNoise(reach, epsilon, delta, level);
  return { epsilon, noise, halfWidth: halfWidth(noise, 1 - level) };
};

/** The least number of millionths up to `most` for which `holds`, where it holds from some number on; undefined: none. */
const leastEpsilon = (most: number, holds: (epsilon: Rational) => boolean): number | undefined => {
  let high = 1;
  while (high < most && !holds(rational(high, UNIT))) high = Math.min(most, 2 * high);
  if (high === most && !holds(rational(most, UNIT))) return undefined;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(rational(middle, UNIT))) high = middle;
    else low = middle;
  }
  return high;
};

/** ±`share` of groups of this size and above, in whole steps: ⌊share · size⌋. */
export const relativeWish = (share: Rational, size: number): number =>
  Number((share.numerator * BigInt(size)) / share.denominator);

/**
 * Discrete Laplace of ε, or discrete Gaussian of the largest ρ that gives (ε, δ), whichever has the narrower interval at
 * this level: a choice by public numbers only. Laplace where they are equal: it leaves δ unspent.
 */
export const narrowerNoise = (reach: Reach, epsilon: Rational, delta: Rational, level: number): Noise => {
  const laplace = laplaceNoise(reach, epsilon);
  const gaussian = gaussianNoise(reach, epsilon, delta);
  const isNarrower = gaussian !== undefined && halfWidth(gaussian, 1 - level) < halfWidth(laplace, 1 - level);
  return isNarrower ? gaussian : laplace;
};

const laplaceNoise = (reach: Reach, epsilon: Rational): Noise => ({
  kind: 'discrete-laplace',
  scale: laplaceScale(reach, epsilon),
});

const gaussianNoise = (reach: Reach, epsilon: Rational, delta: Rational): Noise | undefined => {
  if (delta.numerator <= 0n) return undefined;
  const rho = largestRho({ epsilon, delta, conversionDelta: delta });
  if (rho.numerator <= 0n) return undefined;
  return { kind: 'discrete-gaussian', sigmaSquared: gaussianSigmaSquared(reach, rho) };
};
