import fc from 'fast-check';
import { expect, test } from 'vitest';

import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import { truncationBound, truncationDelta } from '../../../core/release/index.ts';

/** P(X = x) for −bound ≤ x ≤ bound, term by term. */
const masses = (scale: number, bound: number): Map<number, number> => {
  const weights = Array.from({ length: 2 * bound + 1 }, (_, i) => Math.exp(-Math.abs(i - bound) / scale));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(weights.map((weight, i) => [i - bound, weight / total]));
};

/** Distribution of what is shown of a count n: the noised count where it is above the bound, else `absent`. */
const shownOf = (n: number, scale: number, bound: number): Map<number | 'absent', number> => {
  const shown = new Map<number | 'absent', number>();
  for (const [x, mass] of masses(scale, bound)) {
    const outcome = n + x > bound ? n + x : 'absent';
    shown.set(outcome, (shown.get(outcome) ?? 0) + mass);
  }
  return shown;
};

/** The least δ for which two outcomes are (ε, δ)-close: Σ max(0, p − e^ε q). */
const distance = (p: Map<number | 'absent', number>, q: Map<number | 'absent', number>, epsilon: number): number => {
  let sum = 0;
  for (const [outcome, mass] of p) sum += Math.max(0, mass - Math.exp(epsilon) * (q.get(outcome) ?? 0) * (1 + 1e-12));
  return sum;
};

const cases = fc.record({
  epsilon: fc.constantFrom('0.1', '0.5', '1', '2'),
  delta: fc.constantFrom('0.01', '1e-4', '1e-7'),
  most: fc.integer({ min: 1, max: 6 }),
});

test('the mechanism is (ε, δ)-private for every count and every step, and no smaller bound is', () => {
  fc.assert(
    fc.property(cases, ({ epsilon, delta, most }) => {
      const [e, d] = [parseRational(epsilon), parseRational(delta)];
      const scale = rational(BigInt(most) * e.denominator, e.numerator);
      const bound = truncationBound(scale, most, d);
      const [s, eNumber, dNumber] = [toNumber(scale), toNumber(e), toNumber(d)];
      let worst = 0;
      for (
        let n = 0;
        n <= 2 * bound + most;
        n += n <= most || Math.abs(n - bound) < 2 ? 1 : 1 + Math.floor(bound / 9)
      ) {
        for (let step = 1; step <= most; step++) {
          const [less, more] = [shownOf(n, s, bound), shownOf(n + step, s, bound)];
          worst = Math.max(worst, distance(less, more, eNumber), distance(more, less, eNumber));
        }
      }
      expect(worst).toBeLessThanOrEqual(dNumber);
      expect(worst).toBeGreaterThan(truncationDelta(scale, bound, most) * (1 - 1e-6));
      const smaller = distance(shownOf(most, s, bound - 1), shownOf(0, s, bound - 1), eNumber);
      if (bound > most) expect(smaller).toBeGreaterThan(dNumber);
    }),
    { numRuns: 15 },
  );
});

test('a count of nobody is never shown', () => {
  expect(shownOf(0, 3, 20).has('absent')).toBe(true);
  expect(shownOf(0, 3, 20).size).toBe(1);
});

/** k = ⌈1/ε · ln((e^ε + 2δ − 1) / ((e^ε + 1) δ))⌉, Desfontaines et al. 2022. */
test.each([
  ['1', '1e-6'],
  ['0.25', '2.5e-7'],
  ['0.1', '1e-9'],
  ['2', '1e-5'],
  ['5', '0.001'],
])('ε = %s, δ = %s gives the bound of the paper', (epsilon, delta) => {
  const [e, d] = [Number(epsilon), Number(delta)];
  const paper = Math.ceil(Math.log((Math.exp(e) + 2 * d - 1) / ((Math.exp(e) + 1) * d)) / e);
  const { numerator, denominator } = parseRational(epsilon);
  expect(truncationBound(rational(denominator, numerator), 1, parseRational(delta))).toBe(paper);
});

test('the threshold is not off by one', () => {
  // Scale 1, bound 4: outcomes weigh e^−|x|, and a lone actor is shown for x = 4 only.
  const total = 1 + 2 * (Math.exp(-1) + Math.exp(-2) + Math.exp(-3) + Math.exp(-4));
  expect(truncationDelta(rational(1), 4, 1)).toBeCloseTo(Math.exp(-4) / total, 9);
  expect(truncationDelta(rational(1), 4, 2)).toBeCloseTo((Math.exp(-4) + Math.exp(-3)) / total, 9);
});
