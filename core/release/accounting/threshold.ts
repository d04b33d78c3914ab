import { NightjarError } from '../../api/errors.ts';
import { toNumber, type Rational } from '../../math/rational.ts';
import { requireDelta } from './loss-event.ts';
import { smallestWhole, upperTail } from './tails.ts';
import type { Noise } from './noise.ts';

/**
 * What one actor can do to keys that nobody else holds: in at most `groupsPerActor` groups, add at most `contribution`
 * to the number that is compared with the threshold (1 for a count of distinct actors).
 */
export type ThresholdBounds = { readonly groupsPerActor: number; readonly contribution: number };

/**
 * δ of releasing only the keys whose noised number is at or above `threshold` (kept if ≥, so that a key is kept at the
 * threshold itself): the probability that one actor's presence shows because a key held by no other actor is kept.
 *   p = P(contribution + X ≥ threshold) = P(X ≥ threshold − contribution),   δ = 1 − (1 − p)^groupsPerActor,
 * with the tail of the noise that is really added; for discrete Laplace
 *   p = exp(−(T − c) / s) / (1 + exp(−1 / s)),   T > c.
 * Source: Korolova et al. 2009 for the continuous form; the discrete one is the series summed. (OpenDP issue 2922 was
 * this tail taken one step too far out.) With probability 1 − δ no such key is kept and the mechanism is that of the
 * keys both data sets have: the noise and this δ are accounted as two events. Rounded up. Throws `usage` for bounds
 * that are not whole and positive.
 */
export const thresholdDelta = (noise: Noise, threshold: number, bounds: ThresholdBounds): number => {
  requireBounds(bounds);
  if (!Number.isSafeInteger(threshold)) throw new NightjarError('usage', 'A threshold is a whole number.', {});
  const p = upperTail(noise, threshold - bounds.contribution);
  if (p >= 1) return 1;
  return Math.min(1, -Math.expm1(bounds.groupsPerActor * Math.log1p(-p)) * (1 + 2 ** -45));
};

/** The smallest threshold with `thresholdDelta` ≤ delta. Throws `usage` where delta is not inside (0, 1). */
export const thresholdFor = (noise: Noise, delta: Rational, bounds: ThresholdBounds): number => {
  requireBounds(bounds);
  requireDelta(delta);
  const most = toNumber(delta) * (1 - 2 ** -50);
  if (!(most > 0)) {
    throw new NightjarError('usage', 'Keys that are not known need a delta above 0.', {
      where: 'delta',
      next: 'Give a delta, such as 1e-6, or list the keys.',
    });
  }
  return smallestWhole(bounds.contribution + 1, (t) => thresholdDelta(noise, t, bounds) <= most);
};

const requireBounds = ({ groupsPerActor, contribution }: ThresholdBounds): void => {
  for (const [where, bound] of Object.entries({ groupsPerActor, contribution })) {
    if (!Number.isSafeInteger(bound) || bound < 1) {
      throw new NightjarError('usage', 'A contribution bound is missing or out of range.', {
        where,
        next: 'Give a whole number from 1 up.',
      });
    }
  }
};
