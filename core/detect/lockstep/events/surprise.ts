import { logPoissonTail } from '../poisson.ts';

/** Surprise that one touch can bring, in nats: beyond it, that there was a crowd says no more about who was in it. */
const MOST = 5;
/** Means are rounded to powers of 2^(1/4) between 2^−20 and 2^15. */
const STEPS = 4;
const LOW = -20 * STEPS;
const HIGH = 15 * STEPS;

/** The surprise of a count, and its mean and variance when nothing but chance is at work. */
export type Surprise = {
  /** By count, up to the first that brings the most. */
  readonly byCount: Float64Array;
  readonly mean: number;
  readonly variance: number;
};

/** Surprise −ln P(X ≥ count), at most 5, of a Poisson variable with about this mean. */
export const surpriseAround = (mean: number): Surprise => {
  const power = mean > 0 ? Math.round(STEPS * Math.log2(mean)) : LOW;
  return TABLE[Math.min(HIGH, Math.max(LOW, power)) - LOW] ?? calculate(mean);
};

export const surpriseOf = ({ byCount }: Surprise, count: number): number => byCount[count] ?? MOST;

const calculate = (mean: number): Surprise => {
  const byCount: number[] = [];
  let first = 0;
  let second = 0;
  let tail = 1;
  for (let count = 0; ; count++) {
    const surprise = count === 0 ? 0 : Math.min(MOST, -logPoissonTail(count, mean) * Math.LN10);
    byCount.push(surprise);
    const next = surprise === MOST ? 0 : 10 ** logPoissonTail(count + 1, mean);
    first += (tail - next) * surprise;
    second += (tail - next) * surprise * surprise;
    if (surprise === MOST) break;
    tail = next;
  }
  return { byCount: Float64Array.from(byCount), mean: first, variance: Math.max(0, second - first * first) };
};

const TABLE = Array.from({ length: HIGH - LOW + 1 }, (_, k) => calculate(2 ** ((k + LOW) / STEPS)));
