import fc from 'fast-check';
import { expect, test } from 'vitest';

import { clampRanged, ratio } from '../../../core/release/mechanisms/ratio.ts';

test('holds the true ratio whenever both noises are within their widths', () => {
  const width = fc.nat(50);
  fc.assert(
    fc.property(
      fc.integer({ min: -1000, max: 1000 }),
      fc.integer({ min: 1, max: 200 }),
      width.chain((w) => fc.tuple(fc.constant(w), fc.integer({ min: -w, max: w }))),
      width.chain((w) => fc.tuple(fc.constant(w), fc.integer({ min: -w, max: w }))),
      (sum, rows, [sumWidth, sumNoise], [rowsWidth, rowsNoise]) => {
        const { low, high } = ratio(sum + sumNoise, sumWidth, rows + rowsNoise, rowsWidth);
        expect(sum / rows).toBeGreaterThanOrEqual(low);
        expect(sum / rows).toBeLessThanOrEqual(high);
      },
    ),
  );
});

test.each([
  ['plain', [10, 0, 5, 0], { value: 2, low: 2, high: 2 }],
  ['across zero', [1, 3, 4, 2], { value: 0.25, low: -1, high: 2 }],
  ['below one row', [6, 1, -3, 5], { value: 6, low: 2.5, high: 7 }],
  ['no room for a row', [6, 1, -3, 3], { value: Number.NaN, low: Number.NaN, high: Number.NaN }],
] as const)('%s', (_, [sum, sumWidth, rows, rowsWidth], expected) => {
  expect(ratio(sum, sumWidth, rows, rowsWidth)).toEqual(expected);
});

test('clamps value and ends', () => {
  expect(clampRanged({ value: 5, low: -9, high: 9 }, 0, 4)).toEqual({ value: 4, low: 0, high: 4 });
});
