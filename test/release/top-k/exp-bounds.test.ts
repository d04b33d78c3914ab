import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rational } from '../../../core/math/rational.ts';
import { expBounds } from '../../../core/release/top-k/exp-bounds.ts';

describe('expBounds', () => {
  // ⌊exp(−n/d) · 2^200⌋ from Python's decimal with 120 digits
  it.each([
    [1, 1, 591159469719127790758744807061999149352778335726896066016048n],
    [1, 1000, 1605331909415997349747984817340510010070229399269008414342482n],
    [17, 3, 5559005051412555597331856022784230395679286117659244506000n],
    [250, 7, 496000280353415919010793784937679386377019125n],
  ])('brackets exp(−%i/%i) within 64 units of 2^−200', (n, d, exact) => {
    const { low, high } = expBounds(rational(n, d), 200);
    expect(low <= exact && exact < high).toBe(true);
    expect(high - low).toBeLessThan(64n);
  });

  it('closes in with more bits, always around the same number', () => {
    const positive = fc.tuple(fc.integer({ min: 0, max: 5000 }), fc.integer({ min: 1, max: 300 }));
    fc.assert(
      fc.property(positive, ([n, d]) => {
        const coarse = expBounds(rational(n, d), 64);
        const fine = expBounds(rational(n, d), 160);
        expect(coarse.low << 96n <= fine.low && fine.high <= coarse.high << 96n).toBe(true);
        expect(fine.low < fine.high && fine.high - fine.low < 64n).toBe(true);
        expect(Number(fine.low) / 2 ** 160).toBeCloseTo(Math.exp(-n / d), 12);
      }),
    );
  });
});
