import type { BoundedRows } from '../bounding/index.ts';
import type { Grid } from '../schema.ts';
import type { Statistic } from './additive.ts';
import { cellsOf, centreOf } from './grid.ts';
import { sumByGroup } from './sum-by-group.ts';

/** Σ (x − c), c the middle of the bounds: half the sensitivity that sums of values on one side of zero have. */
export const centredSum = (grid: Grid): Statistic => {
  const { centre, reach } = centreOf(grid);
  return {
    name: 'centred sum',
    meaning: 'Sum of the distances of the kept rows from the middle of the bounds, in cells of the grid.',
    most: reach,
    per: 'row',
    sums: (rows) => overCells(rows, (x) => x - centre, reach),
  };
};

/** Where the second moment is centred: squares of distances lie in 0…reach². */
export const squareCentre = (grid: Grid): number => Math.floor(centreOf(grid).reach ** 2 / 2);

/** Σ ((x − c)² − h), h the middle of the squares. */
export const centredSquares = (grid: Grid): Statistic => {
  const { centre, reach } = centreOf(grid);
  const middle = squareCentre(grid);
  const most = reach ** 2 - middle;
  return {
    name: 'centred squares',
    meaning:
      'Sum of the squared distances from the middle of the bounds, less the middle of those squares, in squared cells.',
    most,
    per: 'row',
    sums: (rows) => overCells(rows, (x) => (x - centre) ** 2 - middle, most),
  };
};

const overCells = (rows: BoundedRows, of: (cells: number) => number, most: number): Float64Array => {
  const cells = cellsOf(rows);
  return sumByGroup(rows, (i) => of(cells[i]!), most); // hot: one cell per row
};
