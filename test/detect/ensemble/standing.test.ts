import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standing } from '../../../core/detect/index.ts';
import { seededRandom } from '../../../core/random/index.ts';

describe('standing', () => {
  it('ranks four peers and one more row, ties shared', () => {
    const { percentile, tailRank, pValue } = standing(Float64Array.of(1, 3, 3, 9, 9), 4);
    // The last row is compared with all four: ranks among five.
    expect([...percentile]).toEqual([12.5, 50, 50, 87.5, 80]);
    expect([...pValue]).toEqual([1, 0.75, 0.75, 0.25, 0.4]);
    expect(tailRank[3]).toBeCloseTo(-Math.log10(1 / 8), 12);
    expect(tailRank[4]).toBeCloseTo(-Math.log10(0.2), 12);
  });

  it('puts a lone row in the middle', () => {
    const { percentile, pValue } = standing(Float64Array.of(4), 1);
    expect([percentile[0], pValue[0]]).toEqual([50, 1]);
  });

  it('is finite, within bounds and in the order of the values', () => {
    const values = fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(values, fc.double({ noNaN: true, min: 0, max: 1 }), (xs, share) => {
        const peers = Math.max(1, Math.round(xs.length * share));
        const place = standing(Float64Array.from(xs), peers);
        xs.forEach((x, i) => {
          const p = place.pValue[i] ?? -1;
          expect(p).toBeGreaterThan(0);
          expect(p).toBeLessThanOrEqual(1);
          expect(place.tailRank[i]).toBeGreaterThanOrEqual(0);
          expect(place.tailRank[i]).toBeLessThan(3);
          for (let j = 0; j < (i < peers ? peers : 0); j++) {
            if (x < (xs[j] ?? 0)) expect(place.percentile[i]).toBeLessThan(place.percentile[j] ?? 0);
          }
        });
      }),
    );
  });

  it('has valid p-values: an ordinary newcomer has p ≤ 0.1 at most once in ten', () => {
    // 4,000 newcomers among 99 peers: the count is binomial with mean 400 and deviation 19; 495 is
    // five deviations up, exceeded less than once in a million by valid p-values.
    const random = seededRandom(1);
    let low = 0;
    for (let run = 0; run < 4000; run++) {
      const values = Float64Array.from({ length: 100 }, () => random.normal());
      if ((standing(values, 99).pValue[99] ?? 1) <= 0.1) low++;
    }
    expect(low).toBeLessThan(495);
    expect(low).toBeGreaterThan(305);
  });
});
