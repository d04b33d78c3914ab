import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../../../core/math/rational.ts';
import { halfWidth, twoSidedTail, upperTail, type Noise } from '../../../core/release/accounting/index.ts';

type Golden = {
  readonly noises: ReadonlyArray<{
    readonly kind: Noise['kind'];
    readonly parameter: number;
    readonly tails: ReadonlyArray<{ readonly t: number; readonly p: number }>;
    readonly widths: ReadonlyArray<{
      readonly alpha: number;
      readonly width: number;
      readonly opendp_accuracy: number | null;
    }>;
  }>;
};
const golden: Golden = JSON.parse(
  readFileSync(new URL('../../golden/accounting-tails.json', import.meta.url), 'utf8'),
) as Golden;

const noiseOf = (kind: Noise['kind'], parameter: number): Noise =>
  kind === 'discrete-laplace' ? { kind, scale: rational(parameter) } : { kind, sigmaSquared: rational(parameter) };

describe.each(golden.noises)('$kind with parameter $parameter', ({ kind, parameter, tails, widths }) => {
  const noise = noiseOf(kind, parameter);

  it.each(tails)('P(X ≥ $t) is an upper bound, and close', ({ t, p }) => {
    const found = upperTail(noise, t);
    expect(found).toBeGreaterThanOrEqual(p);
    expect(found).toBeLessThanOrEqual(p * (1 + (parameter > 1e5 ? 1e-4 : 1e-11)));
  });

  it.each(widths)('a value ± $width holds with 1 − $alpha', ({ alpha, width, opendp_accuracy }) => {
    expect(halfWidth(noise, alpha)).toBe(width);
    // OpenDP bounds P(|X| ≥ accuracy), we P(|X| > width)
    if (opendp_accuracy !== null && kind === 'discrete-laplace') expect(Math.ceil(opendp_accuracy) - 1).toBe(width);
  });
});

describe('tails', () => {
  it('are exact for a scale made by hand: s = 1 / ln 2 gives q = 1/2', () => {
    // the scale is a double near 1 / ln 2; P(X ≥ 3) = (1/8) / (3/2)
    const noise: Noise = { kind: 'discrete-laplace', scale: rational(14426950408889634n, 10n ** 16n) };
    expect(upperTail(noise, 3)).toBeCloseTo(1 / 12, 11);
    expect(twoSidedTail(noise, 3)).toBeCloseTo(1 / 6, 11);
    expect(upperTail(noise, 0)).toBeCloseTo(2 / 3, 3);
    expect(upperTail(noise, 0)).toBeGreaterThanOrEqual(2 / 3);
  });

  const widthOfNoise = fc.tuple(
    fc.constantFrom('discrete-laplace', 'discrete-gaussian'),
    fc.integer({ min: 1, max: 1e6 }),
  );

  it('never grow with t', () => {
    fc.assert(
      fc.property(widthOfNoise, fc.integer({ min: 1, max: 5000 }), ([kind, parameter], t) => {
        const noise = noiseOf(kind, parameter);
        expect(upperTail(noise, t + 1)).toBeLessThanOrEqual(upperTail(noise, t) * (1 + 1e-4));
      }),
      { numRuns: 60 },
    );
  });

  it('give the least width at the level asked for', () => {
    fc.assert(
      fc.property(widthOfNoise, fc.double({ min: 1e-9, max: 0.9, noNaN: true }), ([kind, parameter], alpha) => {
        const noise = noiseOf(kind, parameter);
        const width = halfWidth(noise, alpha);
        expect(twoSidedTail(noise, width + 1)).toBeLessThanOrEqual(alpha);
        if (width > 0) expect(twoSidedTail(noise, width)).toBeGreaterThan(alpha * (1 - 1e-4));
      }),
      { numRuns: 60 },
    );
  });

  it('refuse noise without width, a level of 1, and a tail from a fraction', () => {
    expect(() => upperTail({ kind: 'discrete-laplace', scale: rational(0) }, 1)).toThrow(/out of range/);
    expect(() => halfWidth(noiseOf('discrete-laplace', 1), 1)).toThrow(/out of range/);
    expect(() => upperTail(noiseOf('discrete-laplace', 1), 1.5)).toThrow(/whole number/);
  });
});
