import type { LossDistribution } from './loss-distribution.ts';

/** An upper bound of the δ at which the mechanism is (ε, δ)-differentially private; at most 1. */
export const deltaOf = ({ step, lowest, mass, infinity, relativeError }: LossDistribution, epsilon: number): number => {
  let sum = infinity;
  for (let i = mass.length - 1; i >= 0 && (lowest + i) * step > epsilon; i--) {
    sum -= mass[i]! * Math.expm1(epsilon - (lowest + i) * step); // in bounds by the loop
  }
  return Math.min(1, sum * (1 + relativeError) * (1 + 2 * mass.length * 2 ** -52) + UNDERFLOW);
};

/** Products below the smallest double are lost: fewer than 2^60 of them, each below 2^-1021. */
const UNDERFLOW = 2 ** -900;

/**
 * The least ε from 0 up found with `deltaOf` at most delta: checked at the ε it returns, and at most 2^-50 of the
 * greatest loss above the best. Infinite where no ε reaches delta.
 */
export const epsilonOf = (distribution: LossDistribution, delta: number): number => {
  if (deltaOf(distribution, 0) <= delta) return 0;
  let [low, high] = [0, (distribution.lowest + distribution.mass.length - 1) * distribution.step];
  if (deltaOf(distribution, high) > delta) return Number.POSITIVE_INFINITY;
  for (let i = 0; i < 52; i++) {
    const middle = (low + high) / 2;
    if (deltaOf(distribution, middle) <= delta) high = middle;
    else low = middle;
  }
  return high;
};
