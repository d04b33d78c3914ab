import { describe, expect, it } from 'vitest';
import { rationalTanh } from '../../../core/detect/autoencoder/kernel/tanh.ts';

describe('rationalTanh', () => {
  it('is within 3e-7 of tanh everywhere, odd, and between -1 and 1', () => {
    for (let x = -20; x <= 20; x += 0.003) {
      expect(Math.abs(rationalTanh(x) - Math.tanh(x))).toBeLessThan(3e-7);
      expect(rationalTanh(-x)).toBe(-rationalTanh(x));
      expect(Math.fround(Math.abs(rationalTanh(x)))).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    [0, 0],
    [Number.POSITIVE_INFINITY, 1],
    [Number.NEGATIVE_INFINITY, -1],
    [1e30, 1],
  ])('of %d is %d in float32', (x, expected) => {
    expect(Math.fround(rationalTanh(x))).toBeCloseTo(expected, 6);
  });
});
