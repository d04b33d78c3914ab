import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../core/random/index.ts';
import { draw, exp, histogram, ln, logNormal, logUniform, normalQuantile } from '../../samples/distributions.ts';
import { scramble } from '../../samples/mix.ts';
import { weighted } from '../../samples/weighted.ts';

describe('arithmetic of our own', () => {
  it('agrees with the engine on logarithm and exponential', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), (x) => {
        expect(Math.abs(ln(x) - Math.log(x))).toBeLessThan(1e-13);
      }),
    );
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  it.each([
    // R 4.4 qnorm
    [0.5, 0],
    [0.975, 1.959963985],
    [0.9, 1.281551566],
    [0.25, -0.6744897502],
    [0.0001, -3.719016485],
    [1e-12, -7.034483825],
  ])('knows the normal quantile of %d', (p, z) => expect(normalQuantile(p)).toBeCloseTo(z, 5));

  it.each([4, 7, 12])('scrambles %d bits without losing one', (bits) => {
    const images = new Set(Array.from({ length: 1 << bits }, (_, i) => scramble(i, bits)));
    expect(images.size).toBe(1 << bits);
    expect(Math.max(...images)).toBeLessThan(1 << bits);
  });
});

describe('draws', () => {
  const draws = (quantiles: Float64Array, n: number): Float64Array => {
    const random = seededRandom(11);
    return Float64Array.from({ length: n }, () => draw(quantiles, random)).sort();
  };

  it('have the median and the spread asked for', () => {
    // Of 40,000 draws the sample median of the log has a standard error of 0.0063 × sigma: five of them are 0.025.
    const sorted = draws(logNormal(1000, 0.8), 40_000);
    expect(Math.abs(Math.log((sorted[20_000] ?? 0) / 1000))).toBeLessThan(0.025);
    expect(Math.abs(Math.log((sorted[33_654] ?? 0) / 1000) - 0.8)).toBeLessThan(0.05);
  });

  it('follow a histogram', () => {
    // Shares of 40,000 draws: five standard errors are below 0.0125.
    const values = draws(histogram([1, 0, 3], 10), 40_000);
    const share = (from: number, to: number): number => values.filter((v) => v >= from && v < to).length / 40_000;
    expect(Math.abs(share(0, 10) - 0.25)).toBeLessThan(0.0125);
    expect(share(10.01, 19.99)).toBeLessThan(0.001);
    expect(Math.abs(share(20, 30.01) - 0.75)).toBeLessThan(0.0125);
  });

  it('favour low ranks', () => {
    const ranks = draws(logUniform(1000), 30_000);
    expect(ranks.filter((rank) => rank < 10).length / 30_000).toBeGreaterThan(0.3);
    expect(Math.min(...ranks)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...ranks)).toBeLessThanOrEqual(1000.001);
  });

  it('by weight hit each index in proportion', () => {
    // Five standard errors of a share of 60,000 draws are below 0.0103.
    const random = seededRandom(3);
    const pick = weighted([1, 0, 5, 2, 2]);
    const counts = [0, 0, 0, 0, 0];
    for (let i = 0; i < 60_000; i++) counts[pick(random)]! += 1;
    [0.1, 0, 0.5, 0.2, 0.2].forEach((share, i) =>
      expect(Math.abs((counts[i] ?? 0) / 60_000 - share)).toBeLessThan(0.0103),
    );
    expect(counts[1]).toBe(0);
  });
});
