import { logGamma } from '../../../math/gamma.ts';
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
  const within = Math.min(HIGH, Math.max(LOW, power));
  return (table[within - LOW] ??= calculate(2 ** (within / STEPS)));
};

export const surpriseOf = ({ byCount }: Surprise, count: number): number => byCount[count] ?? MOST;

const calculate = (mean: number): Surprise => {
  // From four deviations above the mean, where the tail is far below e^−5, down to 0: sums of positive terms only.
  const top = Math.ceil(mean + 4 * Math.sqrt(mean)) + 12;
  const tail = new Float64Array(top + 1);
  tail[top] = 10 ** logPoissonTail(top, mean);
  let probability = Math.exp((top - 1) * Math.log(mean) - mean - logGamma(top));
  for (let count = top - 1; count >= 0; count--) {
    tail[count] = Math.min(1, (tail[count + 1] ?? 0) + probability);
    probability *= count / mean;
  }
  const byCount: number[] = [];
  let first = 0;
  let second = 0;
  for (let count = 0; byCount.at(-1) !== MOST; count++) {
    const surprise = Math.max(0, Math.min(MOST, -Math.log(tail[count] ?? 0)));
    byCount.push(surprise);
    const share = (tail[count] ?? 0) - (surprise === MOST ? 0 : (tail[count + 1] ?? 0));
    first += share * surprise;
    second += share * surprise * surprise;
  }
  return { byCount: Float64Array.from(byCount), mean: first, variance: Math.max(0, second - first * first) };
};

/** By power, each made when it is first asked for. */
const table: (Surprise | undefined)[] = [];
