import { additive } from './additive.ts';
import { centredSum } from './centred.ts';
import { EVENTS } from './count.ts';
import { centreOf, gridOf, unitOf } from './grid.ts';
import type { Mechanism } from './mechanism.ts';
import { clampRanged, ratio } from './ratio.ts';
import { toColumn } from './to-column.ts';

/**
 * Mean of clamped values: c + (noised Σ (x − c)) / (noised rows), c the middle of the bounds. Two statistics, each at half
 * the loss; the rest of the privacy map is that of `additive`, and the division is post-processing.
 * Definition: the noisy average of Li, Lyu, Su & Yang 2016, with centred values.
 */
export const mean: Mechanism = additive({
  measure: 'mean',
  statistics: (query) => [centredSum(gridOf(query)), EVENTS],
  statements: () => [
    'The loss is split in halves: the sum of distances from the middle of the bounds, and the number of rows.',
    'A mean is moved into the bounds of the value, where it must lie. It is missing where the noised number of rows leaves no room for one.',
    'An interval covers the mean after contribution bounding, rounding and clamping, where the group has a row.',
  ],
  finish: (query, [sums, rows]) => {
    const grid = gridOf(query);
    const { centre } = centreOf(grid);
    const count = sums?.values.length ?? 0;
    return toColumn('mean', count, unitOf(grid), (g) => {
      const distance = ratio(sums?.values[g] ?? 0, sums?.width ?? 0, rows?.values[g] ?? 0, rows?.width ?? 0);
      return clampRanged(
        { value: centre + distance.value, low: centre + distance.low, high: centre + distance.high },
        grid.lowCells,
        grid.highCells,
      );
    });
  },
});
