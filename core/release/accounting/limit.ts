import { NightjarError } from '../../api/errors.ts';
import { compareRational, rational, rationalOf, subtractRational, type Rational } from '../../math/rational.ts';
import { zcdpEpsilon } from './concentrated.ts';
import { requireDelta, requirePositive, type LossEvent } from './loss-event.ts';
import { numberAbove, numberBelow, odometer, type Odometer } from './odometer.ts';

/**
 * The most a data set may ever spend: (epsilon, delta)-differential privacy of everything released, together.
 * `conversionDelta`, a part of `delta` fixed with it, is kept for reading summed zCDP as ε; the rest pays for the
 * events' own δ (selection). With 0, only basic composition counts.
 */
export type Limit = { readonly epsilon: Rational; readonly delta: Rational; readonly conversionDelta: Rational };

/**
 * Whether everything in `spent` stays within the limit. It is a privacy filter (Rogers et al. 2016): releases go on
 * while it holds, each mechanism and its parameters chosen by whoever has seen all earlier answers, and the whole stays
 * (epsilon, delta)-differentially private. With Σ over what was spent, it holds where
 *   Σ δᵢ ≤ delta − conversionDelta   and   ( Σ εᵢ ≤ epsilon   or   Σ ρᵢ ≤ ρ* ),
 * ρ* being the largest ρ whose `zcdpEpsilon` at conversionDelta is at most epsilon.
 *
 * Either sum alone is a known filter: basic composition (Rogers et al. 2016) and approximate zCDP (Whitehouse et al.
 * 2023). Their "or" needs a word, because the branch taken may depend on the answers. Let p, q be the transcript's
 * densities under neighbours while every event draws from its good part, which fails with probability at most Σ δᵢ.
 * Transcripts that end with Σ εᵢ ≤ epsilon have p ≤ e^epsilon q and add nothing to Σ (p − e^epsilon q)₊. The others end
 * with Σ ρᵢ ≤ ρ*, and so did each of their beginnings, for ρ only grows: they are transcripts of the interaction that
 * the zCDP filter alone would allow, whose sum is at most conversionDelta. Together: Σ δᵢ + conversionDelta ≤ delta.
 *
 * Loss distributions are not used here: composing them and stopping at a limit is no valid filter where parameters are
 * chosen adaptively (Regehr et al. 2026). They are right for what is fixed beforehand: `spent.ts`.
 * Throws `usage` where the limit is none.
 */
export const withinLimit = (limit: Limit, spent: Odometer): boolean => {
  requireLimit(limit);
  if (compareRational(spent.delta, subtractRational(limit.delta, limit.conversionDelta)) > 0) return false;
  if (spent.epsilon !== undefined && compareRational(spent.epsilon, limit.epsilon) <= 0) return true;
  return zcdpEpsilon(numberAbove(spent.rho), numberBelow(limit.conversionDelta)) <= numberBelow(limit.epsilon);
};

/**
 * Throws `usage` where `events` after `spent` would break the limit, without a figure of either.
 */
export const requireWithinLimit = (limit: Limit, spent: Odometer, events: Iterable<LossEvent>): void => {
  if (withinLimit(limit, odometer(events, spent))) return;
  throw new NightjarError('usage', 'The release would cost more than is left of the privacy budget.', {
    where: 'epsilon',
    next: 'Ask for less (a smaller epsilon, fewer aggregates), or stop here: a spent budget does not come back.',
  });
};

/**
 * What is left: `epsilon` and `delta` by basic composition, `rho` by zCDP, each 0 where nothing is; a release fits
 * where its δ fits and its ε or its ρ does. Rounded down.
 */
export type Remaining = { readonly epsilon: Rational; readonly rho: Rational; readonly delta: Rational };

/** What may still be spent under the limit. Throws `usage` where the limit is none. */
export const remaining = (limit: Limit, spent: Odometer): Remaining => {
  requireLimit(limit);
  return {
    epsilon: spent.epsilon === undefined ? ZERO : notNegative(subtractRational(limit.epsilon, spent.epsilon)),
    rho: notNegative(subtractRational(largestRho(limit), spent.rho)),
    delta: notNegative(subtractRational(subtractRational(limit.delta, limit.conversionDelta), spent.delta)),
  };
};

/** The largest ρ that the limit allows, rounded down by less than 1e-12 of it; 0 where conversionDelta is 0. */
export const largestRho = (limit: Limit): Rational => {
  requireLimit(limit);
  const delta = numberBelow(limit.conversionDelta);
  const epsilon = numberBelow(limit.epsilon);
  if (delta === 0) return ZERO;
  let [low, high] = [0, epsilon]; // ρ-zCDP allows KL divergence ρ: never less than the ε at a small δ
  while (zcdpEpsilon(high, delta) <= epsilon) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (zcdpEpsilon(middle * (1 + 2 ** -50), delta) <= epsilon) low = middle;
    else high = middle;
  }
  return rationalOf(low);
};

const ZERO = rational(0);
const notNegative = (a: Rational): Rational => (compareRational(a, ZERO) < 0 ? ZERO : a);

const requireLimit = (limit: Limit): void => {
  requirePositive(limit.epsilon, 'epsilon');
  requireDelta(limit.delta);
  requireDelta(limit.conversionDelta);
  if (compareRational(limit.conversionDelta, limit.delta) > 0) {
    throw new NightjarError('usage', 'A privacy parameter is out of range.', {
      where: 'conversionDelta',
      next: 'Give a part of delta.',
    });
  }
};
