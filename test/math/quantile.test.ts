import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median, quantile, sortedFinite } from '../../core/math/index.ts';

describe('quantile', () => {
  // Values of numpy.quantile, method linear (type 7).
  it.each([
    [[1, 2, 3, 4], 0.5, 2.5],
    [[1, 2, 3, 4], 0.25, 1.75],
    [[15, 20, 35, 40, 50], 0.4, 29],
    [[7], 0.9, 7],
    [[3, 1], 0, 1],
    [[3, 1], 1, 3],
    [[3, Number.NaN, 1, Number.POSITIVE_INFINITY], 0.5, 2],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(quantile(values, p)).toBeCloseTo(expected, 12);
  });

  it('of nothing is NaN', () => {
    expect(median([])).toBeNaN();
    expect(median([Number.NaN])).toBeNaN();
  });

  it('lies between the extremes and grows with p', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 1 });
    const share = fc.double({ noNaN: true, min: 0, max: 1 });
    fc.assert(
      fc.property(values, share, share, (all, p, q) => {
        const sorted = sortedFinite(all);
        const low = quantile(all, Math.min(p, q));
        const high = quantile(all, Math.max(p, q));
        expect(low).toBeLessThanOrEqual(high + 1e-6);
        expect(low).toBeGreaterThanOrEqual((sorted[0] ?? 0) - 1e-6);
        expect(high).toBeLessThanOrEqual((sorted.at(-1) ?? 0) + 1e-6);
      }),
    );
  });
});
