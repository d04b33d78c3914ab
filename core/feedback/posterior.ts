import { NightjarError } from '../api/errors.ts';
import { cholesky, solveLower, solveUpper } from '../math/index.ts';

/** Where the labels lead: f = mean + K·pull at the labelled rows, and what the uncertainty elsewhere follows from. */
export type Posterior = {
  readonly pull: Float64Array;
  /** √W, the curvature of the likelihood at each label. */
  readonly rootW: Float64Array;
  /** Cholesky factor of I + √W K √W, m × m, row by row. */
  readonly factor: Float64Array;
};

const MOST_STEPS = 50;
const MOST_HALVINGS = 20;
const TOLERANCE = 1e-9;

/**
 * Laplace's approximation of a Gaussian process classifier with a logistic likelihood (Rasmussen & Williams 2006,
 * algorithm 3.1): the most probable log-odds at m labelled rows, given their covariance (m × m) and the mean they had before.
 * Newton steps are halved where they overshoot.
 */
export const posteriorOf = (covariance: Float64Array, mean: Float64Array, isAbuse: readonly boolean[]): Posterior => {
  const m = mean.length;
  let pull: Float64Array = new Float64Array(m);
  let logOdds: Float64Array = mean.slice();
  let best = objective(pull, logOdds, mean, isAbuse);
  let rootW = curvature(logOdds);
  let factor = factorOf(covariance, rootW);
  for (let step = 0; step < MOST_STEPS; step++) {
    const wanted = newton(covariance, rootW, factor, logOdds, mean, isAbuse);
    let share = 1;
    let moved = { pull, logOdds, value: best };
    for (let halving = 0; halving < MOST_HALVINGS; halving++, share /= 2) {
      const between = pull.map((value, i) => value + share * ((wanted[i] ?? 0) - value));
      const next = times(covariance, between).map((value, i) => value + (mean[i] ?? 0));
      const value = objective(between, next, mean, isAbuse);
      if (value < best) continue;
      moved = { pull: between, logOdds: next, value };
      break;
    }
    const change = moved.value - best;
    ({ pull, logOdds, value: best } = moved);
    rootW = curvature(logOdds);
    factor = factorOf(covariance, rootW);
    if (change < TOLERANCE) break;
  }
  return { pull, rootW, factor };
};

/** Standard deviation of the log-odds of a row with variance `own` before and these covariances with the labelled rows (ibid., eq. 3.29). */
export const deviationOf = ({ rootW, factor }: Posterior, own: number, covariances: Float64Array): number => {
  const scaled = new Float64Array(covariances.length);
  for (let i = 0; i < scaled.length; i++) scaled[i] = (covariances[i] ?? 0) * (rootW[i] ?? 0);
  return Math.sqrt(Math.max(0, own - solveLower(factor, scaled.length, scaled)));
};

const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)));

/** ln σ(±f), without overflow. */
const logLikelihood = (logOdds: number, isAbuse: boolean): number => {
  const x = isAbuse ? logOdds : -logOdds;
  return x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
};

const objective = (
  pull: Float64Array,
  logOdds: Float64Array,
  mean: Float64Array,
  isAbuse: readonly boolean[],
): number =>
  logOdds.reduce(
    (sum, f, i) => sum + logLikelihood(f, isAbuse[i] ?? false) - ((pull[i] ?? 0) * (f - (mean[i] ?? 0))) / 2,
    0,
  );

const curvature = (logOdds: Float64Array): Float64Array => logOdds.map((f) => Math.sqrt(sigmoid(f) * sigmoid(-f)));

const factorOf = (covariance: Float64Array, rootW: Float64Array): Float64Array => {
  const m = rootW.length;
  const b = covariance.map((value, at) => value * (rootW[Math.floor(at / m)] ?? 0) * (rootW[at % m] ?? 0));
  for (let i = 0; i < m; i++) b[i * m + i] = (b[i * m + i] ?? 0) + 1;
  const factor = cholesky(b, m);
  if (factor !== undefined) return factor;
  throw new NightjarError('internal', 'Labels and scores do not fit together: a number is not finite.', {
    where: 'feedback',
  });
};

const newton = (
  covariance: Float64Array,
  rootW: Float64Array,
  factor: Float64Array,
  logOdds: Float64Array,
  mean: Float64Array,
  isAbuse: readonly boolean[],
): Float64Array => {
  const b = logOdds.map(
    (f, i) => (rootW[i] ?? 0) ** 2 * (f - (mean[i] ?? 0)) + (isAbuse[i] === true ? 1 : 0) - sigmoid(f),
  );
  const solved = times(covariance, b).map((value, i) => value * (rootW[i] ?? 0));
  solveLower(factor, solved.length, solved);
  solveUpper(factor, solved.length, solved);
  return b.map((value, i) => value - (rootW[i] ?? 0) * (solved[i] ?? 0));
};

const times = (square: Float64Array, vector: Float64Array): Float64Array => {
  const m = vector.length;
  return vector.map((_, i) => {
    let sum = 0;
    for (let j = 0; j < m; j++) sum += (square[i * m + j] ?? 0) * (vector[j] ?? 0);
    return sum;
  });
};
