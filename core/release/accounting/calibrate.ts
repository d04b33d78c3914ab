import { NightjarError } from '../../api/errors.ts';
import { rational, toNumber, type Rational } from '../../math/rational.ts';
import { deltaOf, lossDistributionOf } from './loss-distribution/index.ts';
import { l2SensitivitySquared, requireDelta, requirePositive, requireReach, type Reach } from './loss-event.ts';
import { numberBelow } from './odometer.ts';
import { upperTail } from './tails.ts';

/** σ² is found on a grid of this many steps per power of two: within 2e-5 of itself. */
const STEPS = 2 ** 16;

/**
 * A σ² for which discrete Gaussian noise makes a vector of this reach (ε, δ)-differentially private: the least on a
 * rational grid of relative width 2e-5, by bisection. What is returned was checked, with an upper bound of δ:
 * - one number: the exact formula of Canonne, Kamath & Steinke 2020, see `gaussianDelta`;
 * - several: their composed loss distribution.
 * Throws `usage` where a bound, ε or δ is none or δ is 0.
 */
export const gaussianSigmaSquaredFor = (reach: Reach, epsilon: Rational, delta: Rational): Rational => {
  requireReach(reach);
  requirePositive(epsilon, 'epsilon');
  requirePositive(delta, 'delta');
  requireDelta(delta);
  const [atEpsilon, atDelta] = [numberBelow(epsilon), numberBelow(delta)];
  const suffices = (sigmaSquared: Rational): boolean =>
    gaussianDelta(reach, sigmaSquared, atEpsilon, atDelta) <= atDelta;
  // σ² = 2^power · steps / STEPS, with steps from STEPS to 2 STEPS; starts where ρ would be about ε² / 2
  let power = Math.floor(Math.log2(toNumber(l2SensitivitySquared(reach)) / atEpsilon ** 2));
  const at = (exponent: number, steps: number): Rational =>
    exponent >= 0
      ? rational(BigInt(steps) << BigInt(exponent), STEPS)
      : rational(BigInt(steps), BigInt(STEPS) << BigInt(-exponent));
  while (!suffices(at(power + 1, STEPS))) requireRange(power++);
  while (suffices(at(power, STEPS))) requireRange(power--);
  let [low, high] = [STEPS, 2 * STEPS];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (suffices(at(power, middle))) high = middle;
    else low = middle;
  }
  return at(power, high);
};

/**
 * An upper bound of the δ at ε of discrete Gaussian noise on a vector of this reach. For one number, by Canonne, Kamath
 * & Steinke 2020, with sensitivity Δ:
 *   δ = P(Y > ε σ² / Δ − Δ / 2) − e^ε P(Y > ε σ² / Δ + Δ / 2).
 * `about` is the δ of interest, for the truncation where several numbers are composed.
 */
export const gaussianDelta = (reach: Reach, sigmaSquared: Rational, epsilon: number, about: number): number => {
  const [s2, shift] = [toNumber(sigmaSquared), toNumber(reach.sensitivity)];
  if (reach.coordinates === 1 && s2 <= EXACT_UP_TO) {
    const noise = { kind: 'discrete-gaussian', sigmaSquared } as const;
    const near = Math.floor((epsilon * s2) / shift - shift / 2) + 1;
    // both tails are sums of single masses, each within 2^-39: the difference is moved up by that much of either
    const [first, second] = [upperTail(noise, near), Math.exp(epsilon) * upperTail(noise, near + shift)];
    return Math.max(0, first - second + (first + second) * 2 ** -38);
  }
  const distribution = lossDistributionOf([{ kind: 'discrete-gaussian', ...reach, sigmaSquared }], about);
  return distribution === undefined ? 0 : deltaOf(distribution, epsilon);
};

/** Up to here `upperTail` adds single masses; beyond, blocks, too coarse for a difference. */
const EXACT_UP_TO = 160_000;

const requireRange = (power: number): void => {
  if (Math.abs(power) > 200) {
    throw new NightjarError('usage', 'No noise of a usable width gives this epsilon and delta.', { where: 'epsilon' });
  }
};
