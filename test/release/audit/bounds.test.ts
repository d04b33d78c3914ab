import { readFileSync } from 'node:fs';

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { parseRational } from '../../../core/math/rational.ts';
import { binomialTail } from '../../../core/release/audit/binomial.ts';
import {
  epsilonLowerBound,
  guessesChance,
  lossLowerBound,
  oneRunEpsilon,
  rateAbove,
  rateBelow,
  rhoLowerBound,
} from '../../../core/release/audit/index.ts';

const golden = z
  .object({
    rates: z.array(
      z.object({ hits: z.number(), runs: z.number(), alpha: z.number(), above: z.number(), below: z.number() }),
    ),
    tails: z.array(z.object({ n: z.number(), k: z.number(), p: z.number(), tail: z.number() })),
    guesses: z.array(
      z.object({
        canaries: z.number(),
        made: z.number(),
        right: z.number(),
        delta: z.number(),
        alpha: z.number(),
        chance: z.number(),
        epsilon: z.number(),
      }),
    ),
  })
  .parse(JSON.parse(readFileSync('test/golden/audit.json', 'utf8')));

test.each(golden.tails)('P(X ≥ $k) of $n at $p is that of scipy', ({ n, k, p, tail }) => {
  expect(Math.abs(binomialTail(n, k, p) / tail - 1)).toBeLessThan(1e-9);
});

test.each(golden.rates)('$hits of $runs at $alpha: the bounds of scipy', ({ hits, runs, alpha, above, below }) => {
  expect(rateAbove(hits, runs, alpha)).toBeCloseTo(above, 7);
  expect(rateBelow(hits, runs, alpha)).toBeCloseTo(below, 7);
});

test.each(golden.guesses)('$right of $made guesses right, $canaries canaries', (each) => {
  expect(Math.abs(guessesChance(each, 1, each.delta) - each.chance)).toBeLessThan(1e-9 + each.chance * 1e-7);
  expect(oneRunEpsilon(each, each.delta, each.alpha)).toBeCloseTo(each.epsilon, 6);
});

test('the bounds of a rate fail as rarely as they say: exact sum over all outcomes of 60 runs', () => {
  const alpha = 0.05;
  for (const p of [0.01, 0.1, 0.269, 0.5, 0.731]) {
    let failing = 0;
    for (let hits = 0; hits <= 60; hits++) {
      const mass = binomialTail(60, hits, p) - binomialTail(60, hits + 1, p);
      if (rateAbove(hits, 60, alpha) > p) failing += mass;
    }
    expect(failing).toBeLessThanOrEqual(alpha);
    expect(failing).toBeGreaterThan(0);
  }
});

describe('an event proves what its definition says', () => {
  test('epsilon', () => {
    expect(epsilonLowerBound({ often: Math.E / 10, rarely: 0.1 }, 0)).toBeCloseTo(1, 12);
    expect(epsilonLowerBound({ often: Math.E / 10 + 0.01, rarely: 0.1 }, 0.01)).toBeCloseTo(1, 12);
    // its complement: 1 − .9 against 1 − .1 e… seen from the other side
    expect(epsilonLowerBound({ often: 0.9, rarely: 1 - Math.E / 10 }, 0)).toBeCloseTo(1, 12);
    expect(epsilonLowerBound({ often: 0.2, rarely: 0.4 }, 0)).toBe(0);
    expect(epsilonLowerBound({ often: 0.005, rarely: 0 }, 0.01)).toBe(0);
  });

  test('no (ε, δ)-private pair of probabilities is refuted', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(share, share, share, fc.double({ min: 0, max: 4, noNaN: true }), (q, a, small, epsilon) => {
        const delta = small / 10;
        const most = Math.min(1, Math.exp(epsilon) * q + delta, 1 - Math.exp(-epsilon) * (1 - q - delta));
        const p = q + Math.max(0, most - q) * a;
        fc.pre(q > 1e-9 && p < 0.9999); // q and 1 − p keep their digits
        expect(epsilonLowerBound({ often: p, rarely: q }, delta)).toBeLessThanOrEqual(epsilon + 1e-9);
      }),
      { numRuns: 2000 },
    );
  });

  test('rho: never more than that of Gaussian noise, for every event on it, and most of it', () => {
    // N(0, 1) against N(μ, 1) has ρ = μ² / 2 exactly; events are thresholds.
    for (const mu of [0.1, 0.5, 1, 2]) {
      let best = 0;
      for (let t = -6; t <= 6; t += 0.05) {
        const rho = rhoLowerBound({ often: above(t - mu), rarely: above(t) });
        expect(rho).toBeLessThanOrEqual((mu * mu) / 2 + 1e-9);
        best = Math.max(best, rho);
      }
      expect(best).toBeGreaterThan(0.63 * ((mu * mu) / 2));
    }
  });

  test('in the unit of the claim', () => {
    const rates = { often: 0.5, rarely: 0.2 };
    const epsilon = parseRational('1');
    expect(lossLowerBound(rates, { kind: 'pure', epsilon })).toBeCloseTo(Math.log(2.5), 12);
    const delta = parseRational('0.1');
    expect(lossLowerBound(rates, { kind: 'approximate', epsilon, delta })).toBeCloseTo(Math.log(2), 12);
    expect(lossLowerBound(rates, { kind: 'zcdp', rho: epsilon })).toBe(rhoLowerBound(rates));
  });
});

/** P(N(0, 1) > t), by a series good to 1e-12 (Abramowitz & Stegun 1964, 26.2.11). */
const above = (t: number): number => {
  let [term, sum] = [t, t];
  for (let n = 1; Math.abs(term) > 1e-17; n++) {
    term *= (t * t) / (2 * n + 1);
    sum += term;
  }
  return 0.5 - (sum * Math.exp((-t * t) / 2)) / Math.sqrt(2 * Math.PI);
};
