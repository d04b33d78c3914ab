import { logGamma } from '../../math/index.ts';

/** P(X = k) for X ~ Binomial(n, p), p in (0, 1). */
export const binomialMass = (n: number, k: number, p: number): number =>
  Math.exp(logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p));

/** P(X ≥ k) for X ~ Binomial(n, p): the tail on the far side of the mean is summed, from its largest term. */
export const binomialTail = (n: number, k: number, p: number): number => {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  return k > n * p ? descending(n, k, p) : 1 - descending(n, n - k + 1, 1 - p);
};

/** P(X ≥ k) for k above the mean, where terms fall. */
const descending = (n: number, k: number, p: number): number => {
  let term = binomialMass(n, k, p);
  let sum = term;
  for (let i = k; i < n && term > sum * 1e-17; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return Math.min(1, sum);
};
