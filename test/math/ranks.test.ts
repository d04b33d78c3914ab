import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ascendingOrder, midRanks, placeAmong } from '../../core/math/index.ts';

describe('midRanks', () => {
  it.each([
    [
      [10, 30, 20],
      [1, 3, 2],
    ],
    [
      [5, 5, 5],
      [2, 2, 2],
    ],
    [
      [1, 2, 2, 3],
      [1, 2.5, 2.5, 4],
    ],
    [[], []],
  ])('of %j are %j', (values, expected) => {
    expect([...midRanks(values)]).toEqual(expected);
  });

  it('add up to n (n + 1) / 2 and keep the order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 })), (values) => {
        const ranks = midRanks(values);
        const sum = ranks.reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo((values.length * (values.length + 1)) / 2, 9);
        values.forEach((x, i) =>
          values.forEach((y, j) => {
            if (x < y) expect(ranks[i]).toBeLessThan(ranks[j] ?? 0);
          }),
        );
      }),
    );
  });
});

describe('ascendingOrder', () => {
  it('keeps equal values in place', () => {
    expect([...ascendingOrder([2, 1, 2, 1])]).toEqual([1, 3, 0, 2]);
  });
});

describe('placeAmong', () => {
  it.each([
    [0, 0, 0],
    [1, 0, 1],
    [2, 1, 3],
    [2.5, 4, 0],
    [9, 5, 0],
  ])('%d has %d below and %d equal', (value, below, equal) => {
    expect(placeAmong([1, 2, 2, 2, 3], value)).toEqual({ below, equal });
  });
});
