import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import {
  deltaOf,
  lossDistributionOf,
  odometer,
  spent,
  type LossEvent,
} from '../../../core/release/accounting/index.ts';

const choices = (epsilon: string, count: number): LossEvent => ({
  kind: 'bounded-range',
  epsilon: parseRational(epsilon),
  choices: count,
});
const DELTA = parseRational('1e-6');

/** δ at e^ε′ = α of outcomes with these two probabilities each. */
const hockeyStick = (p: readonly number[], q: readonly number[], alpha: number): number =>
  p.reduce((sum, x, i) => sum + Math.max(0, x - alpha * (q[i] ?? 0)), 0);

const distributionOf = (event: LossEvent) => {
  const found = lossDistributionOf([event], 1e-9);
  if (found === undefined) throw new Error('It costs nothing.');
  return found;
};

describe('choices of bounded range', () => {
  it('cost ε each as pure losses and ε² / 8 each as concentrated ones', () => {
    expect(odometer([choices('0.5', 8)])).toEqual({ epsilon: rational(4), rho: rational(1, 4), delta: rational(0) });
  });

  it.each([0.1, 1, 3])('have the δ of the worst randomised response of range ε = %f, at every ε′', (epsilon) => {
    const distribution = distributionOf(choices(String(epsilon), 1));
    for (const share of [-0.9, -0.5, 0, 0.25, 0.5, 0.9]) {
      const at = share * epsilon;
      const exact = (Math.exp(epsilon / 2) - Math.exp(at / 2)) ** 2 / Math.expm1(epsilon);
      expect(deltaOf(distribution, at)).toBeGreaterThanOrEqual(exact * (1 - 1e-12));
      expect(deltaOf(distribution, at)).toBeLessThanOrEqual(exact + epsilon * 2e-3);
    }
  });

  it('dominate the exponential mechanism on any scores that move one way, and two choices of it', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 2, maxLength: 5 });
    fc.assert(
      fc.property(scores, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (before, moved) => {
        const epsilon = 0.8;
        const shares = (of: readonly number[]): number[] => {
          const weights = of.map((score) => Math.exp(epsilon * score));
          const total = weights.reduce((a, b) => a + b, 0);
          return weights.map((weight) => weight / total);
        };
        const [p, q] = [shares(before), shares(before.map((score, i) => score + (moved[i] ? 1 : 0)))];
        const twice = (one: readonly number[]): number[] => one.flatMap((x) => one.map((y) => x * y));
        const once = distributionOf(choices('0.8', 1));
        const both = distributionOf(choices('0.8', 2));
        for (const at of [-0.4, 0, 0.3, 0.6, 1.1]) {
          for (const [x, y] of [[p, q] as const, [q, p] as const]) {
            expect(hockeyStick(x, y, Math.exp(at))).toBeLessThanOrEqual(deltaOf(once, at) + 1e-12);
            expect(hockeyStick(twice(x), twice(y), Math.exp(at))).toBeLessThanOrEqual(deltaOf(both, at) + 1e-12);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('many together cost little over half of what pure events of the same ε do, by their concentrated losses', () => {
    const bounded = spent([choices('0.05', 200)], DELTA);
    const plain = spent(
      Array.from({ length: 200 }, (): LossEvent => ({ kind: 'pure', epsilon: rational(1, 20) })),
      DELTA,
    );
    expect(bounded.by).toBe('zcdp');
    expect(toNumber(bounded.epsilon ?? rational(99))).toBeLessThan(0.6 * toNumber(plain.epsilon ?? rational(0)));
  });

  it('a few together cost least by their loss distribution', () => {
    expect(spent([choices('0.5', 6)], parseRational('1e-4')).by).toBe('loss-distribution');
  });
});
