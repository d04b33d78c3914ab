import { logGamma } from '../../math/index.ts';
import { sumOverClasses, type SizeTable } from './class-sizes.ts';

/**
 * Estimated number of uniques in a population of the given size under Pitman's sampling formula with θ > −α, 0 < α < 1
 * (Hoshino 2001): Γ(θ + 1) / Γ(θ + α) · N^α at the maximum of the likelihood
 * Π_{i=1}^{u−1} (θ + i α) / Π_{i=1}^{n−1} (θ + i) · Π_classes Π_{i=1}^{f−1} (i − α).
 * Null where the maximum lies at the edge of the range or beyond the population.
 */
export const pitmanUniques = (table: SizeTable, population: number): number | null => {
  if (table.classCount < 2 || table.classCount === table.rows) return null;
  const best = (alpha: number): { readonly at: number; readonly value: number } =>
    maximum((logTheta) => logLikelihood(table, Math.exp(logTheta), alpha), LOG_THETA[0], LOG_THETA[1]);
  const alpha = maximum((a) => best(a).value, ALPHA[0], ALPHA[1]).at;
  const logTheta = best(alpha).at;
  if (isAtEdge(alpha, ALPHA) || isAtEdge(logTheta, LOG_THETA)) return null;
  const theta = Math.exp(logTheta);
  const uniques = Math.exp(logGamma(theta + 1) - logGamma(theta + alpha) + alpha * Math.log(population));
  return uniques <= population ? uniques : null;
};

const ALPHA = [1e-4, 1 - 1e-4] as const;
const LOG_THETA = [Math.log(1e-6), Math.log(1e9)] as const;

/** The sums over i in closed form by log Γ; constants left out. */
const logLikelihood = (table: SizeTable, theta: number, alpha: number): number =>
  (table.classCount - 1) * Math.log(alpha) +
  logGamma(theta / alpha + table.classCount) -
  logGamma(theta / alpha + 1) -
  logGamma(theta + table.rows) +
  logGamma(theta + 1) +
  sumOverClasses(table, (size) => logGamma(size - alpha)) -
  table.classCount * logGamma(1 - alpha);

const isAtEdge = (x: number, [low, high]: readonly [number, number]): boolean =>
  x - low < EDGE * (high - low) || high - x < EDGE * (high - low);
const EDGE = 1e-4;

const GOLDEN = (Math.sqrt(5) - 1) / 2;

/** Golden-section search (Kiefer 1953) of a function with one peak. */
const maximum = (
  f: (x: number) => number,
  from: number,
  to: number,
): { readonly at: number; readonly value: number } => {
  let low = from;
  let high = to;
  let a = high - GOLDEN * (high - low);
  let b = low + GOLDEN * (high - low);
  let fa = f(a);
  let fb = f(b);
  while (high - low > TOLERANCE * (to - from)) {
    if (fa < fb) {
      low = a;
      a = b;
      fa = fb;
      b = low + GOLDEN * (high - low);
      fb = f(b);
    } else {
      high = b;
      b = a;
      fb = fa;
      a = high - GOLDEN * (high - low);
      fa = f(a);
    }
  }
  return { at: (low + high) / 2, value: Math.max(fa, fb) };
};
const TOLERANCE = 1e-9;
