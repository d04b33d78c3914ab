import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { f1Of, normalQuantile, ratioOf, shareOf, UNKNOWN } from '../../../core/rules/backtest/index.ts';

const bounds = { low: z.number(), high: z.number() };
const golden = z
  .object({
    shares: z.array(z.object({ hits: z.number(), trials: z.number(), ...bounds })),
    ratios: z.array(
      z.object({ a: z.number(), n: z.number(), b: z.number(), m: z.number(), alpha: z.number(), ...bounds }),
    ),
  })
  .parse(JSON.parse(readFileSync(new URL('../../golden/rules-backtest.json', import.meta.url), 'utf8')));

describe('a share', () => {
  test.each(golden.shares)('$hits of $trials as statsmodels has it', ({ hits, trials, low, high }) => {
    const measured = shareOf(hits, trials);
    expect(measured.value).toBe(hits / trials);
    expect(measured.low).toBeCloseTo(low, 12);
    expect(measured.high).toBeCloseTo(high, 12);
  });

  test('of nothing is unknown', () => expect(shareOf(0, 0)).toEqual(UNKNOWN));

  test('lies in its interval, which lies in 0–1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0, max: 1, noNaN: true }), (trials, part) => {
        const { value, low, high } = shareOf(Math.round(part * trials), trials);
        expect([0, low, value, high, 1]).toEqual([0, low, value, high, 1].toSorted((a, b) => (a ?? 0) - (b ?? 0)));
      }),
    );
  });
});

describe('F1', () => {
  test('is 2 TP / (2 TP + FP + FN)', () => {
    expect(f1Of(3, 1, 2).value).toBeCloseTo(6 / 9, 15);
    expect(f1Of(0, 5, 5)).toMatchObject({ value: 0, low: 0 });
    expect(f1Of(7, 0, 0)).toMatchObject({ value: 1, high: 1 });
    expect(f1Of(0, 0, 0)).toEqual(UNKNOWN);
  });

  test('covers the true value in 93 to 97 % of all outcomes', () => {
    // Summed over all outcomes of Binomial(60, 0.4): no draw, no chance.
    const truth = (2 * 0.4) / 1.4;
    let covered = 0;
    for (let k = 0; k <= 60; k++) {
      const { low, high } = f1Of(k, 60 - k, 0);
      if ((low ?? 1) <= truth && truth <= (high ?? 0)) covered += binomial(60, k, 0.4);
    }
    expect(covered).toBeGreaterThan(0.93);
    expect(covered).toBeLessThan(0.97);
  });
});

describe('a ratio of shares', () => {
  test.each(golden.ratios)('$a/$n over $b/$m at α $alpha as statsmodels has it', ({ a, n, b, m, alpha, low, high }) => {
    const ratio = ratioOf(a, n, b, m, alpha);
    expect(ratio.low).toBeCloseTo(ratio.value === 0 ? 0 : low, 10);
    expect((ratio.high ?? 0) / high).toBeCloseTo(1, 9);
    expect(ratio.value).toBe(b === 0 ? null : a / n / (b / m));
  });

  test('is unknown without trials on both sides', () => {
    expect(ratioOf(0, 0, 1, 2)).toEqual(UNKNOWN);
    expect(ratioOf(1, 2, 0, 0)).toEqual(UNKNOWN);
  });
});

test('quantiles of the normal', () => {
  expect(normalQuantile(0.05)).toBeCloseTo(1.959963984540054, 10);
  expect(normalQuantile(0.05 / 3)).toBeCloseTo(2.3939797998185104, 10);
});

const binomial = (n: number, k: number, p: number): number => {
  let log = k * Math.log(p) + (n - k) * Math.log(1 - p);
  for (let i = 1; i <= k; i++) log += Math.log((n - k + i) / i);
  return Math.exp(log);
};
