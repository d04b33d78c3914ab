import { NightjarError } from '../../api/errors.ts';
import { toNumber, type Rational } from '../../math/rational.ts';

/**
 * The mass of discrete Laplace noise within −bound…bound, in units of its mass at 0: Σ q^|x| over a ≤ x ≤ b, clipped to
 * the bounds, q = exp(−1 / scale). Each case is one geometric series, so that small tails keep their digits.
 */
export const massBetween = (scale: number, bound: number, a: number, b: number): number => {
  const [low, high] = [Math.max(a, -bound), Math.min(b, bound)];
  if (low > high) return 0;
  if (low > 0) return series(scale, low, high);
  if (high < 0) return series(scale, -high, -low);
  return 1 + series(scale, 1, high) + series(scale, 1, -low);
};

/** Σ q^x over 1 ≤ a ≤ x ≤ b: q^a (1 − q^(b − a + 1)) / (1 − q). */
const series = (scale: number, a: number, b: number): number =>
  b < a ? 0 : (Math.exp(-a / scale) * Math.expm1(-(b - a + 1) / scale)) / Math.expm1(-1 / scale);

/**
 * δ of showing counts n + X > bound, X discrete Laplace given |X| ≤ bound, for one group that an actor moves by `most`:
 * P(X > bound − most), rounded up. Between counts that differ by j ≤ most, an outcome that both reach has probabilities
 * within a factor exp(j / scale); what only one reaches are its j outermost outcomes, of mass P(X > bound − j); and a group
 * that nobody is in is never shown, for 0 + X ≤ bound.
 * Source: Desfontaines, Voss, Gipson & Mandayam 2022 (k-truncated symmetric geometric distribution), for most = 1;
 * here for any whole `most`.
 */
export const truncationDelta = (scale: Rational, bound: number, most: number): number => {
  const s = toNumber(scale);
  const tail = massBetween(s, bound, bound - most + 1, bound) / massBetween(s, bound, -bound, bound);
  return Math.min(1, tail * (1 + 2 ** -30)); // rounding: exponents below 800 are good to 2^-43, the rest to less
};

/** The smallest bound, at least `most`, with `truncationDelta` ≤ delta. Errors: `usage` where none is small enough. */
export const truncationBound = (scale: Rational, most: number, delta: Rational): number => {
  const allowed = toNumber(delta) * (1 - 2 ** -50);
  let low = most - 1;
  let high = most;
  while (!(truncationDelta(scale, high, most) <= allowed)) {
    [low, high] = [high, 2 * high];
    if (high > MOST_BOUND) {
      throw new NightjarError('usage', 'No threshold on noised counts gives such a small delta.', {
        where: 'delta',
        next: 'Raise delta or epsilon, or lower what one actor may contribute.',
      });
    }
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (truncationDelta(scale, middle, most) <= allowed) high = middle;
    else low = middle;
  }
  return high;
};

const MOST_BOUND = 2 ** 45;
