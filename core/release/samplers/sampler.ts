import { NightjarError } from '../../api/errors.ts';
import { type Rational, compareRational, rational } from '../../math/rational.ts';

/** An integer per call; between calls nothing is kept but the source's pool. */
export type Sampler = () => number;

/** Fills `target` with draws, and returns it: one call for a whole histogram. */
export const fillNoise = (sampler: Sampler, target: Float64Array): Float64Array => {
  for (let i = 0; i < target.length; i++) target[i] = sampler();
  return target;
};

/**
 * Draws beyond ±(2^53 − 1) are returned as ±(2^53 − 1). A mechanism that clamps value + noise to ±2^52, for values up to
 * ±2^51, therefore answers exactly as one with unbounded noise would: clamping is post-processing, and costs no δ.
 */
export const MAX_NOISE = Number.MAX_SAFE_INTEGER;

/** Above this scale noise would reach 2^53 with probability exp(−2^53 / 2^43) = e^−1024 < 2^−1477. */
const MAX_SCALE = rational(2n ** 43n);

/** Throws `usage` where a scale is not above 0 and at most 2^43. */
export const requireScale = (scale: Rational): void => {
  if (scale.numerator > 0n && compareRational(scale, MAX_SCALE) <= 0) return;
  throw new NightjarError('usage', 'The scale of the noise is not above 0 and at most 2^43.', {
    next: 'Choose a larger epsilon or rho, smaller bounds, or a coarser grid.',
  });
};

/** An integer of any size as a noise value. */
export const saturated = (magnitude: bigint): number => (magnitude > BigInt(MAX_NOISE) ? MAX_NOISE : Number(magnitude));
