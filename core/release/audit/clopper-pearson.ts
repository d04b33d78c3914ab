import { binomialTail } from './binomial.ts';

/**
 * A lower bound of a probability that was seen `hits` times in `runs` independent runs: above the true value with
 * probability `alpha` at most, whatever it is (Clopper & Pearson 1934, one-sided). Bisection, rounded down.
 */
export const rateAbove = (hits: number, runs: number, alpha: number): number => {
  if (hits === 0) return 0;
  let [low, high] = [0, hits / runs];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (binomialTail(runs, hits, middle) <= alpha) low = middle;
    else high = middle;
  }
  return low * (1 - 1e-9);
};

/** An upper bound of the probability, at the same level, rounded up. */
export const rateBelow = (hits: number, runs: number, alpha: number): number => 1 - rateAbove(runs - hits, runs, alpha);
