import type { Comparison } from '../schema.ts';
import { compare } from './compare.ts';

/** Steps beyond this are no whole numbers any more: such a value is missing. */
const MOST_STEPS = 2 ** 53;
const HALF = 2 ** 26;

/** A value in steps of 10^−decimals, halves up: a whole number; 0 where it is missing or its steps leave ±2^53. */
export const stepsOf = (value: number, decimals: number): number => {
  const steps = stepsOfThreshold(value, decimals);
  return Math.abs(steps) <= MOST_STEPS ? steps : 0;
};

/** A threshold in the same steps; many values together can pass one that no value can, so that it has no bounds. */
export const stepsOfThreshold = (value: number, decimals: number): number => Math.floor(value * 10 ** decimals + 0.5);

/** The two parts in which steps are added: exact for 2^26 summands and more, in whatever order, with removals. */
export const highPart = (steps: number): number => Math.floor(steps / HALF);
export const lowPart = (steps: number): number => steps - Math.floor(steps / HALF) * HALF;

/** Compares high · 2^26 + low with a number of steps, exactly; infinities are beyond every sum. */
export const compareSteps = (high: number, low: number, op: Comparison, threshold: number): boolean => {
  const top = high + Math.floor(low / HALF);
  const difference = top - highPart(threshold);
  return compare(difference === 0 ? low - Math.floor(low / HALF) * HALF - lowPart(threshold) : difference, op, 0);
};
