import { wrongQuery } from '../query/index.ts';
import { additive } from './additive.ts';
import { centredSquares, centredSum, squareCentre } from './centred.ts';
import { EVENTS } from './count.ts';
import { centreOf, gridOf, unitOf } from './grid.ts';
import type { Mechanism } from './mechanism.ts';
import { momentVariance } from './moment-variance.ts';
import { clampRanged } from './ratio.ts';
import { toColumn } from './to-column.ts';

/** Squares of more cells would not be exact: see `sumByGroup`. */
const MOST_REACH = 2 ** 21;

/**
 * Variance of clamped values (over n, not n − 1) from noised moments: with y = x − c and h the middle of the squares,
 * (noised Σ (y² − h)) / n + h − ((noised Σ y) / n)², n the noised rows. Three statistics, each at a third of the loss; the
 * rest of the privacy map is that of `additive`, and what is made of the moments is post-processing.
 */
export const variance: Mechanism = additive({
  measure: 'variance',
  statistics: (query) => {
    const grid = gridOf(query);
    if (centreOf(grid).reach > MOST_REACH) {
      throw wrongQuery('bounds.step', 'The grid is too fine to square exactly.', 'Use at most 2^22 cells.');
    }
    return [centredSquares(grid), centredSum(grid), EVENTS];
  },
  statements: () => [
    'The loss is split in thirds: squares, distances from the middle of the bounds, and the number of rows.',
    'A variance is moved into 0 … (high − low)² / 4, where it must lie (Popoviciu 1935). It is missing where the noised number of rows leaves no room for one.',
    'An interval covers the variance after contribution bounding, rounding and clamping, where the group has a row.',
  ],
  finish: (query, [squares, sums, rows]) => {
    const grid = gridOf(query);
    const middle = squareCentre(grid);
    const most = (grid.highCells - grid.lowCells) ** 2 / 4;
    return toColumn('variance', squares?.values.length ?? 0, unitOf(grid, 2), (g) => {
      const ranged = momentVariance(
        { value: squares?.values[g] ?? 0, width: squares?.width ?? 0 },
        { value: sums?.values[g] ?? 0, width: sums?.width ?? 0 },
        { value: rows?.values[g] ?? 0, width: rows?.width ?? 0 },
        middle,
      );
      return clampRanged(ranged, 0, most);
    });
  },
});
