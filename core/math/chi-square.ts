import { lowerGamma } from './gamma.ts';

/** Probability that χ² with `freedom` degrees of freedom is at most x. */
export const chiSquareBelow = (freedom: number, x: number): number => lowerGamma(freedom / 2, x / 2);

/** Quantile of χ², p in (0, 1): bisection from a bracket, to the last bits. */
export const chiSquareQuantile = (freedom: number, p: number): number => {
  let low = 0;
  let high = freedom + 10;
  while (chiSquareBelow(freedom, high) < p) high *= 2;
  for (;;) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) return middle;
    if (chiSquareBelow(freedom, middle) < p) low = middle;
    else high = middle;
  }
};
