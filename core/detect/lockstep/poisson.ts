import { logGamma } from '../../math/gamma.ts';

/** Terms after which the series has converged to double precision for any count in use. */
const MOST_TERMS = 10_000;

/**
 * log10 P(X ≥ count) of a Poisson variable X with this mean: also where the probability itself is too small for a
 * double. Sum of the upper terms (Johnson, Kemp & Kotz 2005, eq. 4.1).
 */
export const logPoissonTail = (count: number, mean: number): number => {
  if (count <= 0) return 0;
  if (!(mean > 0)) return Number.NEGATIVE_INFINITY;
  let sum = 0;
  let term = 1;
  for (let k = 1; k < MOST_TERMS && term > sum * 1e-16; k++) {
    sum += term;
    term *= mean / (count + k);
  }
  return Math.min(0, (count * Math.log(mean) - mean - logGamma(count + 1) + Math.log(sum)) / Math.LN10);
};
