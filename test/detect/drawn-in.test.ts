import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnIn, drawnOut } from '../../core/detect/drawn-in.ts';

describe('drawnIn', () => {
  it.each([
    // value, bound, drawn in
    [0, 5, 0],
    [5, 5, 5],
    [-5, 5, -5],
    [5 * Math.E, 5, 10],
    [-20 * Math.E ** 2, 20, -60],
    [1e30, 20, 20 * (1 + Math.log(5e28))],
    [1e30, Number.POSITIVE_INFINITY, 1e30],
  ])('takes %d with the bound %d to %d', (value, bound, expected) => {
    expect(drawnIn(value, bound)).toBeCloseTo(expected, 10);
  });

  it('leaves a missing value missing', () => {
    expect(drawnIn(Number.NaN, 5)).toBeNaN();
    expect(drawnOut(Number.NaN, 5)).toBeNaN();
  });

  const value = fc.double({ min: -1e30, max: 1e30, noNaN: true });
  const bound = fc.double({ min: 0.1, max: 100, noNaN: true });

  it('keeps the order of values, their sign, and what is inside the bound', () => {
    fc.assert(
      fc.property(value, value, bound, (a, b, c) => {
        const [x, y] = [drawnIn(a, c), drawnIn(b, c)];
        if (a <= b) expect(x).toBeLessThanOrEqual(y);
        expect(Math.sign(x)).toBe(Math.sign(a));
        expect(Math.abs(x)).toBeLessThanOrEqual(Math.abs(a));
        if (Math.abs(a) <= c) expect(x).toBe(a);
      }),
    );
  });

  it('is undone by drawnOut, up to rounding', () => {
    fc.assert(
      fc.property(value, bound, (a, c) => {
        expect(Math.abs(drawnOut(drawnIn(a, c), c) - a)).toBeLessThanOrEqual(1e-12 * Math.abs(a));
      }),
    );
  });
});
