import { describe, expect, it } from 'vitest';
import { chiSquareBelow, chiSquareQuantile, logGamma, lowerGamma } from '../../core/math/index.ts';
import { peerGolden } from '../detect/peer-golden.ts';

describe('lowerGamma and logGamma', () => {
  it.each(peerGolden.gamma)('equal SciPy at a = %d, x = %d', (a, x, below, log) => {
    expect(lowerGamma(a, x)).toBeCloseTo(below, 12);
    expect(logGamma(a)).toBeCloseTo(log, 10);
  });

  it('run from 0 to 1', () => {
    expect(lowerGamma(2, 0)).toBe(0);
    expect(lowerGamma(2, Number.POSITIVE_INFINITY)).toBe(1);
    expect(lowerGamma(2, Number.NaN)).toBeNaN();
  });
});

describe('chiSquareQuantile', () => {
  it.each(peerGolden.chi)('equals SciPy with %d degrees of freedom at %d', (freedom, p, quantile, wider) => {
    expect(chiSquareQuantile(freedom, p) / quantile).toBeCloseTo(1, 11);
    expect(chiSquareBelow(freedom + 2, quantile)).toBeCloseTo(wider, 11);
  });
});
