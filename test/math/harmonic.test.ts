import { describe, expect, it } from 'vitest';
import { harmonic } from '../../core/math/index.ts';

describe('harmonic', () => {
  it.each([
    [0, 0],
    [1, 1],
    [4, 25 / 12],
    [10, 7381 / 2520],
    [100, 5.187377517639621],
  ])('number of %d is %d', (n, expected) => {
    expect(harmonic(n)).toBeCloseTo(expected, 13);
  });

  it('goes on without a step where the series takes over', () => {
    expect(harmonic(4097) - harmonic(4096)).toBeCloseTo(1 / 4097, 13);
  });
});
