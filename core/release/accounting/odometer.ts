import {
  addRational,
  divideRational,
  multiplyRational,
  rational,
  toNumber,
  type Rational,
} from '../../math/rational.ts';
import { l1Sensitivity, l2SensitivitySquared, requireLossEvent, type LossEvent } from './loss-event.ts';

/**
 * Exact running sums of what was spent. `epsilon` is the sum of the pure losses, undefined once an event has none
 * (Gaussian noise, zCDP); `rho` the sum of the zCDP losses, where an ε-differentially private event counts ε² / 2
 * (Bun & Steinke 2016); `delta` the sum of the events' own δ.
 *
 * Mechanisms and their parameters may be chosen after seeing every earlier answer. Then ε is an odometer: at every
 * moment the realised loss is at most ε, but for an event of probability at most the largest δ that can be reached
 * (basic composition, Rogers et al. 2016). ρ is none: it is only a filter, valid against a ρ fixed before the first
 * query (Feldman & Zrnic 2021; Whitehouse et al. 2023 for approximate zCDP). See `limit.ts`.
 */
export type Odometer = { readonly epsilon: Rational | undefined; readonly rho: Rational; readonly delta: Rational };

/** Nothing spent. */
export const NOTHING_SPENT: Odometer = { epsilon: rational(0), rho: rational(0), delta: rational(0) };

/** The sums over these events, added to `before`. Throws `usage` where an event is none. */
export const odometer = (events: Iterable<LossEvent>, before: Odometer = NOTHING_SPENT): Odometer => {
  let sums = before;
  for (const event of events) sums = added(sums, lossOf(event));
  return sums;
};

/**
 * What one event adds to an odometer. Discrete Laplace: ε = Δ₁ / s; its ρ is that of one mechanism per number, each
 * (Δ∞ / s)-differentially private: L0 · (Δ∞ / s)² / 2. Discrete Gaussian: ρ = Δ₂² / (2 σ²) (Canonne, Kamath & Steinke
 * 2020). Choices of bounded range: ε each, and ρ = ε² / 8 each (Cesar & Rogers 2021).
 */
const lossOf = (event: LossEvent): Odometer => {
  requireLossEvent(event);
  switch (event.kind) {
    case 'discrete-laplace': {
      const perNumber = divideRational(event.sensitivity, event.scale);
      const rho = multiplyRational(rational(event.coordinates), halfSquare(perNumber));
      return { epsilon: divideRational(l1Sensitivity(event), event.scale), rho, delta: ZERO };
    }
    case 'discrete-gaussian': {
      const rho = divideRational(l2SensitivitySquared(event), multiplyRational(rational(2), event.sigmaSquared));
      return { epsilon: undefined, rho, delta: ZERO };
    }
    case 'pure':
      return { epsilon: event.epsilon, rho: halfSquare(event.epsilon), delta: ZERO };
    case 'selection':
    case 'approximate':
      return { epsilon: event.epsilon, rho: halfSquare(event.epsilon), delta: event.delta };
    case 'zcdp':
      return { epsilon: event.rho.numerator === 0n ? ZERO : undefined, rho: event.rho, delta: ZERO };
    case 'bounded-range': {
      const choices = rational(event.choices);
      const square = multiplyRational(event.epsilon, event.epsilon);
      return {
        epsilon: multiplyRational(choices, event.epsilon),
        rho: multiplyRational(choices, divideRational(square, rational(8))),
        delta: ZERO,
      };
    }
  }
};

/** The double at or just above a rational, so that a bound made from it stays one. */
export const numberAbove = (a: Rational): number => {
  const nearest = toNumber(a);
  return nearest === 0 ? 0 : nearest * (1 + 2 ** -51);
};

/** The double at or just below a rational from 0 up. */
export const numberBelow = (a: Rational): number => toNumber(a) * (1 - 2 ** -51);

const ZERO = rational(0);

const halfSquare = (epsilon: Rational): Rational => divideRational(multiplyRational(epsilon, epsilon), rational(2));

const added = (a: Odometer, b: Odometer): Odometer => ({
  epsilon: a.epsilon === undefined || b.epsilon === undefined ? undefined : addRational(a.epsilon, b.epsilon),
  rho: addRational(a.rho, b.rho),
  delta: addRational(a.delta, b.delta),
});
