import { expect, test } from 'vitest';

import { parseRational, rational } from '../../../core/math/rational.ts';
import { keptInterval, truncationBound } from '../../../core/release/selection/index.ts';
import { massBetween } from '../../../core/release/selection/truncated-noise.ts';

/** Probability that the interval holds n, given that its count is shown: a sum over all outcomes. */
const coverage = (
  n: number,
  scale: number,
  bound: number,
  intervalOf: (shown: number) => { low: number; high: number },
): number => {
  let [shown, held] = [0, 0];
  for (let x = Math.max(-bound, bound + 1 - n); x <= bound; x++) {
    const mass = massBetween(scale, bound, x, x);
    const { low, high } = intervalOf(n + x);
    shown += mass;
    if (low <= n && n <= high) held += mass;
  }
  return held / shown;
};

test.each([
  [2, 1, 0.95],
  [4, 1, 0.9],
  [4, 3, 0.95],
  [1, 1, 0.5],
])(
  'scale %d, contribution %d, level %d: every count is held at the level, given that it is shown',
  (scale, most, level) => {
    const bound = truncationBound(rational(scale), most, parseRational('1e-5'));
    const intervalOf = keptInterval({ kind: 'truncated-laplace', scale: rational(scale), bound }, level);
    const covered = Array.from({ length: 5 * bound }, (_, i) => coverage(i + 1, scale, bound, intervalOf));
    expect(Math.min(...covered)).toBeGreaterThanOrEqual(level - 1e-9);
    // An interval that ignores the condition fails for small counts.
    const { high } = intervalOf(10 * bound);
    const width = high - 10 * bound;
    const plain = (shown: number) => ({ low: shown - width, high: shown + width });
    expect(Math.min(...covered.map((_, i) => coverage(i + 1, scale, bound, plain)))).toBeLessThan(level - 0.1);
  },
);

test('far from the threshold the interval is even and no wider than it must be', () => {
  const bound = truncationBound(rational(2), 1, parseRational('1e-5'));
  const intervalOf = keptInterval({ kind: 'truncated-laplace', scale: rational(2), bound }, 0.95);
  const { low, high } = intervalOf(1000);
  expect(high - 1000).toBe(1000 - low);
  // P(|X| > w) ≤ 0.05 first holds at w = 6 for scale 2: 2 q^7 / (1 + q) = 0.0376, and 0.0620 at w = 5.
  expect(high - 1000).toBe(6);
  expect(intervalOf(bound + 1).low).toBe(1);
});
