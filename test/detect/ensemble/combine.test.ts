import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineEvidence, combineTailRanks } from '../../../core/detect/index.ts';

describe('combineTailRanks', () => {
  it('is the root of the weighted mean of the squares, 0 without any', () => {
    const parts = [
      { tailRank: Float64Array.of(1, 2, 0), weight: 3 },
      { tailRank: Float64Array.of(2, 0, 0), weight: 1 },
    ];
    const combined = combineTailRanks(parts, 3);
    expect(combined[0]).toBeCloseTo(Math.sqrt((3 * 1 + 4) / 4), 12);
    expect(combined[1]).toBeCloseTo(Math.sqrt((3 * 4) / 4), 12);
    expect(combined[2]).toBe(0);
    expect([...combineTailRanks([], 2)]).toEqual([0, 0]);
  });

  it('lets nobody say more than about one in 300', () => {
    const parts = [
      { tailRank: Float64Array.of(5, 3), weight: 1 },
      { tailRank: Float64Array.of(1, 2), weight: 1 },
    ];
    const [loud, agreed] = combineTailRanks(parts, 2);
    expect(loud).toBeCloseTo(Math.sqrt((2.5 ** 2 + 1) / 2), 12);
    expect(agreed).toBeCloseTo(Math.sqrt((2.5 ** 2 + 4) / 2), 12);
  });

  it('lies between the mean and the largest, and keeps the order where one part rises', () => {
    const ranks = fc.array(fc.double({ min: 0, max: 1.5, noNaN: true }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(ranks, fc.double({ min: 0.01, max: 1.5, noNaN: true }), (values, more) => {
        const of = (list: readonly number[]): number =>
          combineTailRanks(
            list.map((value) => ({ tailRank: Float64Array.of(value), weight: 1 })),
            1,
          )[0] ?? -1;
        const mean = values.reduce((a, b) => a + b, 0) / values.length;
        expect(of(values)).toBeGreaterThanOrEqual(mean - 1e-9);
        expect(of(values)).toBeLessThanOrEqual(Math.max(...values) + 1e-9);
        expect(of([(values[0] ?? 0) + more, ...values.slice(1)])).toBeGreaterThan(of(values));
      }),
    );
  });
});

describe('combineEvidence', () => {
  it('takes the stronger kind, never their mean', () => {
    const odd = Float64Array.of(0.3, 4, 2);
    expect([...combineEvidence(odd, Float64Array.of(5, 0, 2.5))]).toEqual([5, 4, 2.5]);
    expect([...combineEvidence(odd, undefined)]).toEqual([...odd]);
  });
});
