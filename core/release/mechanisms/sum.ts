import { additive, plusMinus, type Statistic } from './additive.ts';
import { cellsOf, gridOf, unitOf } from './grid.ts';
import type { ReleaseQuery } from '../schema.ts';
import type { Mechanism } from './mechanism.ts';
import { sumByGroup } from './sum-by-group.ts';

/**
 * Noised sums of clamped values, in whole cells of the grid: a row adds at most max(|low|, |high|) cells. The rest of the
 * privacy map is that of `additive`.
 */
export const sum: Mechanism = additive({
  measure: 'sum',
  statistics: (query) => [sumStatistic(query)],
  statements: () => [
    'Values are rounded to the grid and clamped to the bounds, row by row.',
    'An interval covers the sum after contribution bounding, rounding and clamping.',
  ],
  finish: (query, [noised]) =>
    plusMinus('sum', noised ?? { values: new Float64Array(0), width: 0 }, unitOf(gridOf(query))), // one statistic, one array
});

/** Σ of clamped values, in cells of the grid. */
export const sumStatistic = (query: ReleaseQuery): Statistic => {
  const grid = gridOf(query);
  const most = Math.max(Math.abs(grid.lowCells), Math.abs(grid.highCells));
  return {
    name: 'sum',
    meaning: 'Sum of the kept rows of the group, in cells of the grid.',
    most,
    per: 'row',
    sums: (rows) => {
      const cells = cellsOf(rows);
      return sumByGroup(rows, (i) => cells[i]!, most); // hot: one cell per row
    },
  };
};
