import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { estimateNullShare, qValues } from '../../../core/detect/calibration/index.ts';

type Golden = {
  readonly name: string;
  readonly p: readonly number[];
  readonly bh: readonly number[];
  readonly by: readonly number[];
};

/** What SciPy says: made by test/golden/calibration.py. */
const golden: { readonly cases: readonly Golden[] } = JSON.parse(
  readFileSync(new URL('../../golden/calibration.json', import.meta.url), 'utf8'),
);

const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('qValues', () => {
  it.each(golden.cases)('agrees with SciPy: $name', ({ p, bh, by }) => {
    qValues(Float64Array.from(p)).forEach((q, i) => expect(q).toBeCloseTo(bh[i] ?? -1, 12));
    qValues(Float64Array.from(p), { dependence: 'any' }).forEach((q, i) => expect(q).toBeCloseTo(by[i] ?? -1, 12));
  });

  it('passes over missing p-values and scales with the null share', () => {
    const p = Float64Array.of(0.5, Number.NaN, 0.01);
    expect([...qValues(p)]).toEqual([0.5, Number.NaN, 0.02]);
    expect([...qValues(p, { nullShare: 0.5 })]).toEqual([0.25, Number.NaN, 0.01]);
    expect([...qValues(new Float64Array(0))]).toEqual([]);
  });

  it('never claims anything from ranks among all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (n) => {
        const ranks = Float64Array.from({ length: n }, (_, i) => (i + 1) / n);
        expect(Math.min(...qValues(ranks))).toBeCloseTo(1, 12);
      }),
    );
  });

  it('keeps the order of the p-values and is never below them', () => {
    fc.assert(
      fc.property(fc.array(share, { minLength: 1, maxLength: 50 }), (values) => {
        const q = qValues(Float64Array.from(values));
        values.forEach((p, i) => {
          expect(q[i]).toBeGreaterThanOrEqual(p - 1e-12);
          values.forEach((other, j) => {
            if (p < other) expect(q[i]).toBeLessThanOrEqual(q[j] ?? -1);
          });
        });
      }),
    );
  });
});

describe('estimateNullShare', () => {
  it('counts the upper half twice, one more to be safe', () => {
    expect(estimateNullShare(Float64Array.of(0.001, 0.002, 0.003, 0.004, 0.1, 0.2, 0.6, 0.9))).toBe(3 / 4);
    expect(estimateNullShare(Float64Array.of(0.9, Number.NaN, 0.8))).toBe(1);
    expect(estimateNullShare(new Float64Array(0))).toBe(1);
  });
});
