import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { momentVariance } from '../../../core/release/mechanisms/moment-variance.ts';
import { ratio } from '../../../core/release/mechanisms/ratio.ts';

const number = (most: number) => fc.integer({ min: -most, max: most });
const share = fc.double({ min: -1, max: 1, noNaN: true });

describe('the interval of a variance', () => {
  test('holds the variance of every truth within the widths', () => {
    fc.assert(
      fc.property(
        fc.record({ square: number(50_000), sum: number(3000), rows: fc.integer({ min: 1, max: 500 }) }),
        fc.record({ square: fc.nat(9000), sum: fc.nat(800), rows: fc.nat(90) }),
        fc.record({ square: share, sum: share, rows: share }),
        (noised, width, off) => {
          const truth = (of: 'square' | 'sum' | 'rows'): number => noised[of] + off[of] * width[of];
          fc.pre(truth('rows') >= 1);
          const within = (of: 'square' | 'sum' | 'rows') => ({ value: noised[of], width: width[of] });
          const { low, high, value } = momentVariance(within('square'), within('sum'), within('rows'), 200);
          const variance = truth('square') / truth('rows') + 200 - (truth('sum') / truth('rows')) ** 2;
          expect(variance).toBeGreaterThanOrEqual(low - 1e-6 * Math.abs(low));
          expect(variance).toBeLessThanOrEqual(high + 1e-6 * Math.abs(high));
          expect(value).toBeGreaterThanOrEqual(low - 1e-6 * Math.abs(low));
          expect(value).toBeLessThanOrEqual(high + 1e-6 * Math.abs(high));
        },
      ),
    );
  });

  test('is reached at both ends, and narrower than the difference of the parts by themselves', () => {
    const [square, sum, rows] = [
      { value: -20_000, width: 500 },
      { value: 3000, width: 60 },
      { value: 500, width: 40 },
    ];
    const { low, high } = momentVariance(square, sum, rows, 200);
    const at = (s: number, t: number, n: number): number => s / n + 200 - (t / n) ** 2;
    expect(low).toBeCloseTo(at(-20_500, 3060, 460), 9);
    expect(high).toBeCloseTo(at(-19_500, 2940, 540), 9);
    const [a, b] = [ratio(-20_000, 500, 500, 40), ratio(3000, 60, 500, 40)];
    const parts = a.high - a.low + b.high ** 2 - b.low ** 2;
    expect(high - low).toBeLessThanOrEqual(parts * (1 + 1e-12));

    // squares above their middle, values away from it: what few rows add to one part they take from the other
    const away = momentVariance({ value: 20_000, width: 500 }, sum, rows, 200);
    const [c, d] = [ratio(20_000, 500, 500, 40), ratio(3000, 60, 500, 40)];
    expect(away.high - away.low).toBeLessThan(0.6 * (c.high - c.low + d.high ** 2 - d.low ** 2));
  });

  test('is missing where the rows leave no room for one', () => {
    expect(momentVariance({ value: 0, width: 1 }, { value: 0, width: 1 }, { value: -9, width: 9 }, 3).low).toBeNaN();
  });
});
