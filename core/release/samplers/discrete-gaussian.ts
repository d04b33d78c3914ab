import { NightjarError } from '../../api/errors.ts';
import { type Rational, compareRational, floorRational, rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { bernoulliExpBig, bernoulliExpSmall } from './bernoulli-exp.ts';
import { discreteLaplaceSampler } from './discrete-laplace.ts';
import type { Sampler } from './sampler.ts';

/** Doubles are exact integers up to here. */
const EXACT = 2 ** 53;
/** ⌊√(2^53)⌋: squares of integers up to here are exact. */
export const EXACT_ROOT = 94_906_265;
/** Keeps the inner discrete Laplace below its scale of 2^43. */
const SIGMA_SQUARED_LIMIT = rational(2n ** 86n);

/** Throws `usage` where a variance is not above 0 and below 2^86. */
export const requireVariance = (sigmaSquared: Rational): void => {
  if (sigmaSquared.numerator <= 0n || compareRational(sigmaSquared, SIGMA_SQUARED_LIMIT) >= 0) {
    throw new NightjarError('usage', 'The variance of the noise is not above 0 and below 2^86.', {
      next: 'Choose a larger epsilon or rho, smaller bounds, or a coarser grid.',
    });
  }
};

/**
 * Discrete Gaussian noise: draws integers x with P(x) ∝ exp(−x² / 2σ²), exactly (Canonne, Kamath & Steinke 2020,
 * algorithm 3): discrete Laplace noise of scale t = ⌊σ⌋ + 1, kept with probability exp(−(|x| − σ² / t)² / 2σ²).
 *
 * Privacy: for an integer query of ℓ2 sensitivity Δ, value + x is Δ² / 2σ²-zero-concentrated differentially private (same
 * paper). Noise is saturated at ±(2^53 − 1): see `MAX_NOISE`.
 * Throws `usage` for σ² that is not in (0, 2^86).
 */
export const discreteGaussianSampler = (sigmaSquared: Rational, source: NoiseSource): Sampler => {
  requireVariance(sigmaSquared);
  const t = integerRoot(floorRational(sigmaSquared)) + 1n;
  const proposal = discreteLaplaceSampler(rational(t), source);
  const keep = keepWith(reducedExponent(sigmaSquared, t), source);
  return () => {
    let x = proposal();
    while (!keep(Math.abs(x))) x = proposal();
    return x;
  };
};

/** γ(y) = (m y − n)² / d. */
export type Exponent = { readonly m: bigint; readonly n: bigint; readonly d: bigint };

/**
 * The exponent (y − σ² / t)² / 2σ² for σ² = a / b as one fraction. With g = gcd(b t, a), b t = g m and a = g n it is
 * (b t y − a)² / (2 a b t²) = g² (m y − n)² / (2 g n · g m · t).
 */
export const reducedExponent = (sigmaSquared: Rational, t: bigint): Exponent => {
  const { numerator: m, denominator: n } = rational(sigmaSquared.denominator * t, sigmaSquared.numerator);
  return { m, n, d: 2n * n * m * t };
};

/**
 * Keeps y with probability exp(−γ(y)); in doubles where they are exact. d < 2^53 makes n < 2^52; doubles are monotone, so a
 * distance up to EXACT_ROOT means that m y is below 2^53, hence exact, and the distance and its square with it.
 */
export const keepWith = (exponent: Exponent, source: NoiseSource): ((y: number) => boolean) => {
  if (exponent.m >= EXACT || exponent.n >= EXACT || exponent.d >= EXACT) return (y) => keepBig(exponent, y, source);
  const m = Number(exponent.m);
  const n = Number(exponent.n);
  const d = Number(exponent.d);
  return (y) => {
    const distance = Math.abs(m * y - n);
    return distance <= EXACT_ROOT ? bernoulliExpSmall(distance * distance, d, source) : keepBig(exponent, y, source);
  };
};

/** The same in integers of any size: the same bits give the same answer. */
export const keepBig = ({ m, n, d }: Exponent, y: number, source: NoiseSource): boolean => {
  const distance = m * BigInt(y) - n;
  return bernoulliExpBig(distance * distance, d, source);
};

/** ⌊√x⌋ by Newton's method from above, which falls until it is there. */
const integerRoot = (x: bigint): bigint => {
  if (x < 2n) return x;
  let root = 1n << BigInt(Math.ceil(x.toString(2).length / 2));
  for (;;) {
    const next = (root + x / root) / 2n;
    if (next >= root) return root;
    root = next;
  }
};
