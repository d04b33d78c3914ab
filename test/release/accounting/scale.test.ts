import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../../core/math/rational.ts';
import {
  gaussianSigmaSquared,
  laplaceScale,
  odometer,
  zcdpDelta,
  zcdpEpsilon,
} from '../../../core/release/accounting/index.ts';

type Golden = {
  readonly profiles: ReadonlyArray<{ sigmaSquared: number; sensitivity: number; epsilon: number; delta: number }>;
  readonly conversions: ReadonlyArray<{ rho: number; delta: number; epsilon: number }>;
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/accounting-tails.json', import.meta.url), 'utf8'),
) as Golden;

describe('noise for a budget', () => {
  const anyReach = fc.record({
    coordinates: fc.integer({ min: 1, max: 100 }),
    sensitivity: fc.integer({ min: 1, max: 1_000_000 }).map((n) => rational(n)),
  });
  const anyBudget = fc
    .tuple(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1000 }))
    .map(([n, d]) => rational(n, d));

  it('costs exactly that budget', () => {
    fc.assert(
      fc.property(anyReach, anyBudget, (reach, budget) => {
        const scale = laplaceScale(reach, budget);
        expect(odometer([{ kind: 'discrete-laplace', ...reach, scale }]).epsilon).toEqual(budget);
        const sigmaSquared = gaussianSigmaSquared(reach, budget);
        expect(odometer([{ kind: 'discrete-gaussian', ...reach, sigmaSquared }]).rho).toEqual(budget);
      }),
    );
  });

  it('is exact: Δ = 2 × 3 and ε = 0.1 give 60, ρ = 0.1 gives 90', () => {
    const reach = { coordinates: 2, sensitivity: rational(3) };
    expect(laplaceScale(reach, parseRational('0.1'))).toEqual(rational(60));
    expect(gaussianSigmaSquared(reach, parseRational('0.1'))).toEqual(rational(90));
  });

  it('refuses a missing bound, a fractional one, and no budget', () => {
    const reach = { coordinates: 1, sensitivity: rational(1) };
    expect(() => laplaceScale({ ...reach, coordinates: 0 }, rational(1))).toThrow(/out of range/);
    expect(() => laplaceScale({ ...reach, sensitivity: rational(1, 2) }, rational(1))).toThrow(/out of range/);
    expect(() => laplaceScale(reach, rational(0))).toThrow(/out of range/);
    expect(() => gaussianSigmaSquared(reach, rational(0))).toThrow(/out of range/);
  });
});

describe('zCDP as (ε, δ)', () => {
  it.each(golden.conversions)('ρ = $rho at δ = $delta agrees with OpenDP', ({ rho, delta, epsilon }) => {
    expect(zcdpEpsilon(rho, delta)).toBeLessThanOrEqual(epsilon * (1 + 1e-3));
    expect(zcdpEpsilon(rho, delta)).toBeGreaterThan(epsilon * 0.98);
  });

  it('is above what Gaussian noise of that ρ costs, and below the first conversion ρ + 2 √(ρ ln(1/δ))', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-5, max: 5, noNaN: true }),
        fc.double({ min: 1e-12, max: 0.01, noNaN: true }),
        (rho, delta) => {
          const epsilon = zcdpEpsilon(rho, delta);
          expect(epsilon).toBeLessThanOrEqual(rho + 2 * Math.sqrt(rho * Math.log(1 / delta)));
          expect(zcdpDelta(rho, epsilon)).toBeLessThanOrEqual(delta * (1 + 1e-6));
          if (epsilon === 0) return;
          expect(zcdpDelta(rho, epsilon)).toBeGreaterThan(delta * 0.99);
          expect(zcdpEpsilon(rho * 1.01, delta)).toBeGreaterThan(epsilon);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('knows its ends', () => {
    expect(zcdpEpsilon(0, 0)).toBe(0);
    expect(zcdpEpsilon(1, 0)).toBe(Number.POSITIVE_INFINITY);
    expect(zcdpDelta(0, 1)).toBe(0);
    expect(() => zcdpEpsilon(-1, 0.1)).toThrow(/out of range/);
  });
});
