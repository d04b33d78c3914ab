import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { gridRound, isOnGrid } from '../../../core/rules/leak/grid.ts';

describe('gridRound', () => {
  it.each([
    // value, down, nearest, up
    [0, 0, 0, 0],
    [7, 7, 7, 7],
    [12, 12, 12, 12],
    [99, 99, 99, 99],
    [99.4, 99, 99, 100],
    [99.6, 99, 100, 100],
    [100.1, 100, 100, 110],
    [1234, 1200, 1200, 1300],
    [0.357, 0.35, 0.36, 0.36],
    [0.1 + 0.2, 0.3, 0.3, 0.31],
    [-1234, -1300, -1200, -1200],
    [-0.0999, -0.1, -0.1, -0.099],
    [9.99e-7, 9.9e-7, 1e-6, 1e-6],
    [104.9, 100, 100, 110],
    [99.999, 99, 100, 100],
  ])('%d', (value, down, nearest, up) => {
    expect(gridRound(value, 'down')).toBe(down);
    expect(gridRound(value, 'nearest')).toBe(nearest);
    expect(gridRound(value, 'up')).toBe(up);
  });

  it('gives the next number of the grid, on the right side of the value', () => {
    const values = fc.double({ noNaN: true, min: -1e300, max: 1e300 });
    fc.assert(
      fc.property(values, fc.constantFrom('down' as const, 'up' as const), (value, direction) => {
        const rounded = gridRound(value, direction);
        expect(isOnGrid(rounded)).toBe(true);
        expect(direction === 'down' ? rounded <= value : rounded >= value).toBe(true);
        // Two digits: the grid is never wider than a tenth. (Below 1e-300 doubles themselves become coarse.)
        if (Math.abs(value) > 1e-300) {
          expect(Math.abs(rounded - value)).toBeLessThanOrEqual(Math.abs(value) * 0.1000001);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('leaves what is on the grid', () => {
    fc.assert(
      fc.property(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -20, max: 20 }), (digits, power) => {
        const value = Number(`${digits}e${power}`);
        expect(isOnGrid(value)).toBe(true);
        for (const direction of ['down', 'up', 'nearest'] as const) {
          expect(gridRound(value, direction)).toBe(value === 0 ? 0 : value);
        }
      }),
    );
  });

  it('has no answer beyond numbers', () => {
    for (const value of [Number.NaN, Infinity, -Infinity]) {
      expect(() => gridRound(value, 'down')).toThrow(RangeError);
      expect(isOnGrid(value)).toBe(false);
    }
    expect(() => gridRound(Number.MAX_VALUE, 'up')).toThrow(RangeError);
    expect(() => gridRound(Number.MAX_VALUE, 'nearest')).toThrow(RangeError);
  });
});

it.each([123, 0.123, 10.5, 99.5, 1e15 + 1])('%d is not on the grid', (value) => {
  expect(isOnGrid(value)).toBe(false);
});
