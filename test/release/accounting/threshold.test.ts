import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRational, rational } from '../../../core/math/rational.ts';
import { thresholdDelta, thresholdFor, upperTail, type Noise } from '../../../core/release/accounting/index.ts';

const laplace: Noise = { kind: 'discrete-laplace', scale: rational(1) };
const one = { groupsPerActor: 1, contribution: 1 };

describe('δ of a threshold', () => {
  it('is .01339 at scale 1 and threshold 5: the keys kept are those at or above it (OpenDP issue 2922)', () => {
    expect(thresholdDelta(laplace, 5, one)).toBeCloseTo(Math.exp(-4) / (1 + Math.exp(-1)), 12);
    expect(thresholdDelta(laplace, 5, one).toFixed(5)).toBe('0.01339');
  });

  it('is not the tail one step further out, which is what the issue released', () => {
    const offByOne = upperTail(laplace, 5);
    const summed = massFrom(4);
    expect(offByOne).toBeLessThan(summed);
    expect(thresholdDelta(laplace, 5, one)).toBeGreaterThanOrEqual(summed);
    expect(thresholdDelta(laplace, 5, one)).toBeLessThan(summed * (1 + 1e-11));
  });

  it('follows the noise that is added: a threshold for Laplace noise of equal variance is wrong for Gaussian', () => {
    // both have variance 2 q / (1 − q)² = 1.8413…; at δ = 0.1 Laplace noise needs less than the Gaussian tail
    const variance = (2 * Math.exp(-1)) / (1 - Math.exp(-1)) ** 2;
    const gaussian: Noise = { kind: 'discrete-gaussian', sigmaSquared: rational(18_413, 10_000) };
    expect(variance).toBeCloseTo(1.8413, 3);
    const delta = parseRational('0.1');
    const [forLaplace, forGaussian] = [thresholdFor(laplace, delta, one), thresholdFor(gaussian, delta, one)];
    expect(forLaplace).toBe(3);
    expect(forGaussian).toBe(4);
    expect(thresholdDelta(gaussian, forLaplace, one)).toBeGreaterThan(0.1);
    // and far out the other way round: the Gaussian formula keeps keys that Laplace noise does not hide
    const rare = parseRational('1e-9');
    expect(thresholdDelta(laplace, thresholdFor(gaussian, rare, one), one)).toBeGreaterThan(1e-9);
  });

  it('grows with what one actor may add, and with the groups it may touch', () => {
    const d = (groupsPerActor: number, contribution: number): number =>
      thresholdDelta(laplace, 12, { groupsPerActor, contribution });
    expect(d(1, 3)).toBeCloseTo(massFrom(9), 12);
    expect(d(4, 1)).toBeCloseTo(1 - (1 - massFrom(11)) ** 4, 12);
    expect(d(4, 1)).toBeLessThanOrEqual(4 * d(1, 1) * (1 + 1e-9));
    expect(d(1, 13)).toBeGreaterThan(0.5);
    expect(d(1, 100)).toBeLessThanOrEqual(1);
  });

  it('refuses bounds that are missing, no δ, and a fractional threshold', () => {
    expect(() => thresholdDelta(laplace, 5, { groupsPerActor: 0, contribution: 1 })).toThrow(/contribution bound/);
    expect(() => thresholdDelta(laplace, 5, { groupsPerActor: 1, contribution: 0.5 })).toThrow(/contribution bound/);
    expect(() => thresholdFor(laplace, rational(0), one)).toThrow(/delta above 0/);
    expect(() => thresholdFor(laplace, rational(1), one)).toThrow(/out of range/);
    expect(() => thresholdDelta(laplace, 5.5, one)).toThrow(/whole number/);
  });
});

type Golden = {
  readonly noises: ReadonlyArray<{
    readonly kind: Noise['kind'];
    readonly parameter: number;
    readonly thresholds: ReadonlyArray<{
      readonly delta: number;
      readonly groups: number;
      readonly contribution: number;
      readonly threshold: number;
    }>;
  }>;
};
const golden = JSON.parse(
  readFileSync(new URL('../../golden/accounting-tails.json', import.meta.url), 'utf8'),
) as Golden;

describe.each(golden.noises.filter(({ parameter }) => parameter < 1e5))(
  'thresholds for $kind with parameter $parameter',
  ({ kind, parameter, thresholds }) => {
    it.each(thresholds)(
      'δ = $delta, $groups groups, contribution $contribution: $threshold',
      ({ delta, groups, contribution, threshold }) => {
        const noise: Noise =
          kind === 'discrete-laplace'
            ? { kind, scale: rational(parameter) }
            : { kind, sigmaSquared: rational(parameter) };
        const bounds = { groupsPerActor: groups, contribution };
        expect(thresholdFor(noise, parseRational(String(delta)), bounds)).toBe(threshold);
      },
    );
  },
);

/** P(X ≥ t) at scale 1, t ≥ 1, by adding masses. */
const massFrom = (t: number): number => {
  const q = Math.exp(-1);
  let sum = 0;
  for (let x = 200; x >= t; x--) sum += ((1 - q) / (1 + q)) * q ** x;
  return sum;
};
