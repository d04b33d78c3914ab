import { NightjarError } from '../../api/errors.ts';
import type { Rational } from '../../math/rational.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { geometricSampler } from './geometric.ts';
import type { Sampler } from './sampler.ts';

/**
 * Discrete Laplace noise: draws integers x with P(x) ∝ exp(−|x| / scale), exactly (Canonne, Kamath & Steinke 2020,
 * algorithm 2; the distribution is the two-sided geometric of Ghosh, Roughgarden & Sundararajan 2012).
 *
 * Privacy: for an integer query of ℓ1 sensitivity Δ, value + x is Δ / scale-differentially private, pure: P(x) and P(x + k)
 * differ by a factor of at most exp(|k| / scale). Noise is saturated at ±(2^53 − 1): see `MAX_NOISE`.
 * Throws `usage` for a scale that is not in (0, 2^43].
 */
export const discreteLaplaceSampler = (scale: Rational, source: NoiseSource): Sampler => {
  const magnitude = geometricSampler(scale, source);
  return () => {
    // A sign for 0 would make 0 twice as likely as it is: −0 is drawn again.
    for (;;) {
      const y = magnitude();
      const sign = source.below(2);
      if (y !== 0 || sign === 0) return y - 2 * sign * y; // exact: doubling a double always is
    }
  };
};

/**
 * Discrete Laplace noise that stays within −bound…bound, exactly: what lies outside is drawn again, so that
 * P(x) ∝ exp(−|x| / scale) there. It is the noise of the optimal selection of unknown keys (Desfontaines, Voss, Gipson &
 * Mandayam 2022: truncated symmetric geometric). On its own it is not purely private: the bounds show, and cost a δ.
 * Throws `usage` for a scale that is not in (0, 2^43] or a bound that is no integer from 1 to 2^53 − 1.
 */
export const truncatedDiscreteLaplaceSampler = (scale: Rational, bound: number, source: NoiseSource): Sampler => {
  if (!Number.isSafeInteger(bound) || bound < 1) {
    throw new NightjarError('usage', 'The bound of truncated noise is not a whole number above 0.');
  }
  const draw = discreteLaplaceSampler(scale, source);
  return () => {
    for (;;) {
      const x = draw();
      if (Math.abs(x) <= bound) return x;
    }
  };
};
