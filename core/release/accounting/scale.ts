import { divideRational, multiplyRational, rational, type Rational } from '../../math/rational.ts';
import { l1Sensitivity, l2SensitivitySquared, requirePositive, requireReach, type Reach } from './loss-event.ts';

/**
 * Scale of the discrete Laplace noise that makes a vector of this reach ε-differentially private: Δ₁ / ε, exact.
 * Source: Ghosh, Roughgarden & Sundararajan 2012 (the geometric mechanism). Throws `usage` where a bound or ε is none.
 */
export const laplaceScale = (reach: Reach, epsilon: Rational): Rational => {
  requireReach(reach);
  requirePositive(epsilon, 'epsilon');
  return divideRational(l1Sensitivity(reach), epsilon);
};

/**
 * σ² of the discrete Gaussian noise that makes a vector of this reach ρ-zCDP: Δ₂² / (2 ρ), exact.
 * Source: Canonne, Kamath & Steinke 2020. Throws `usage` where a bound or ρ is none.
 */
export const gaussianSigmaSquared = (reach: Reach, rho: Rational): Rational => {
  requireReach(reach);
  requirePositive(rho, 'rho');
  return divideRational(l2SensitivitySquared(reach), multiplyRational(rational(2), rho));
};
