import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareRational, multiplyRational, parseRational, rational, toNumber } from '../../../core/math/rational.ts';
import {
  gaussianDelta,
  gaussianSigmaSquared,
  gaussianSigmaSquaredFor,
  laplaceScale,
  odometer,
  spent,
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
    expect(() => gaussianSigmaSquaredFor(reach, rational(1), rational(0))).toThrow(/out of range/);
  });
});

describe('discrete Gaussian noise for (ε, δ)', () => {
  it.each(golden.profiles)(
    'σ² = $sigmaSquared, Δ = $sensitivity, ε = $epsilon: δ from above',
    ({ sigmaSquared, sensitivity, epsilon, delta }) => {
      const reach = { coordinates: 1, sensitivity: rational(sensitivity) };
      const found = gaussianDelta(reach, rational(sigmaSquared), epsilon, delta);
      expect(found).toBeGreaterThanOrEqual(delta);
      expect(found).toBeLessThanOrEqual(delta * (1 + 1e-7) + 1e-15);
    },
  );

  it.each([
    { coordinates: 1, sensitivity: 1, epsilon: '1', delta: '1e-6' },
    { coordinates: 1, sensitivity: 50, epsilon: '0.3', delta: '1e-9' },
    { coordinates: 4, sensitivity: 3, epsilon: '2', delta: '1e-6' },
  ])('suffices by the loss distribution as well, and 1 % less does not: $coordinates × $sensitivity', (c) => {
    const reach = { coordinates: c.coordinates, sensitivity: rational(c.sensitivity) };
    const [epsilon, delta] = [parseRational(c.epsilon), parseRational(c.delta)];
    const sigmaSquared = gaussianSigmaSquaredFor(reach, epsilon, delta);
    const cost = (s2: typeof sigmaSquared): number => {
      const { lossDistribution } = spent([{ kind: 'discrete-gaussian', ...reach, sigmaSquared: s2 }], delta);
      return toNumber(lossDistribution ?? rational(1000));
    };
    expect(gaussianDelta(reach, sigmaSquared, Number(c.epsilon), Number(c.delta))).toBeLessThanOrEqual(Number(c.delta));
    expect(cost(sigmaSquared)).toBeLessThanOrEqual(Number(c.epsilon) * 1.001);
    expect(cost(multiplyRational(sigmaSquared, rational(99, 100)))).toBeGreaterThan(Number(c.epsilon));
    // less than the classical σ = Δ √(2 ln(1.25 / δ)) / ε
    const classical =
      (2 * Math.log(1.25 / Number(c.delta)) * c.coordinates * c.sensitivity ** 2) / Number(c.epsilon) ** 2;
    expect(compareRational(sigmaSquared, parseRational(String(Math.round(classical))))).toBe(-1);
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
