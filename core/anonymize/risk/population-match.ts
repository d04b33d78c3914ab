/**
 * E[1 / F | f]: the chance to pick the right person among the F of the population who share the values of f sampled
 * actors, when each member of the population was sampled with probability `fraction` (0 < fraction ≤ 1) and F given f is
 * negative binomial (Benedetti & Franconi 1998; the estimator of μ-Argus). With π the fraction and q = 1 − π it is
 * π ∫₀¹ u^(f−1) / (π + q u) du, here as the series π Σ q^k B(f, k + 1), whose terms are all positive.
 */
export const expectedMatchRisk = (size: number, fraction: number): number => {
  const q = 1 - fraction;
  if (q <= 0) return 1 / size;
  if (size === 1) return (fraction / q) * Math.log(1 / fraction);
  let term = 1 / size;
  let sum = term;
  // The rest of the series is at most term · q / fraction.
  for (let k = 0; term * q > sum * fraction * RELATIVE_ERROR; k++) {
    term *= (q * (k + 1)) / (size + k + 1);
    sum += term;
  }
  return fraction * sum;
};

const RELATIVE_ERROR = 1e-13;
