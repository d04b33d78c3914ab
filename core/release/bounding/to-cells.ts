import { toNumber } from '../../math/rational.ts';
import type { Grid } from '../schema.ts';

/**
 * A value in cells of the grid: the nearest whole number of steps (ties go up), clamped to the bounds; infinite values go
 * to a bound. It depends on the value alone, so neither rounding nor clamping can widen what an actor may change: every
 * result is an integer in lowCells…highCells. NaN stays NaN: the row has no value and is left out before bounding.
 */
export const cellOf = (grid: Grid): ((value: number) => number) => {
  const step = toNumber(grid.step);
  const { lowCells, highCells } = grid;
  return (value) => {
    const cells = Math.round(value / step);
    if (cells < lowCells) return lowCells;
    return cells > highCells ? highCells : cells + 0; // + 0: no negative zero
  };
};
