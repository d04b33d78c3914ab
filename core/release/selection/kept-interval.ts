import { toNumber } from '../../math/rational.ts';
import type { TruncatedNoise } from '../mechanisms/mechanism.ts';
import { massBetween } from './truncated-noise.ts';

/**
 * The interval around a shown count v = n + X > bound that holds n at the level, given that the count was shown: all n with
 * P(n + X ≥ v | shown) and P(n + X ≤ v | shown) both above (1 − level) / 2. Without the condition, intervals of shown
 * counts near the threshold lie too high: only large noise brings small counts there. The distributions grow with n (their
 * likelihood ratio is monotone, the noise being log-concave), so both ends are found by bisection. Numbers stay at or above
 * 1, for a group of nobody is never shown.
 */
export const keptInterval = (
  { scale, bound }: TruncatedNoise,
  level: number,
): ((shown: number) => { readonly low: number; readonly high: number }) => {
  const s = toNumber(scale);
  const least = ((1 - level) / 2) * (1 - 2 ** -30); // rounding makes the interval wider
  const given = (n: number): number => massBetween(s, bound, bound + 1 - n, bound);
  const isLowEnough = (v: number, n: number): boolean => massBetween(s, bound, bound + 1 - n, v - n) > least * given(n);
  const isHighEnough = (v: number, n: number): boolean => massBetween(s, bound, v - n, bound) > least * given(n);
  const endsAt = (v: number): { low: number; high: number } => ({
    low: firstFrom(Math.max(1, v - bound), v, (n) => isHighEnough(v, n)),
    high: -firstFrom(-(v + bound), -v, (m) => isLowEnough(v, -m)),
  });
  // Beyond 3 · bound every n in reach is always shown: one width for all.
  const free = 3 * bound + 1;
  const beyond = endsAt(free);
  const seen = new Map<number, { low: number; high: number }>();
  return (shown) => {
    if (shown >= free) return { low: shown - (free - beyond.low), high: shown + (beyond.high - free) };
    const known = seen.get(shown) ?? endsAt(shown);
    seen.set(shown, known);
    return known;
  };
};

/** The smallest integer in from…to that holds; `to` does, and all after the first one do. */
const firstFrom = (from: number, to: number, holds: (x: number) => boolean): number => {
  let [low, high] = [from - 1, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
};
