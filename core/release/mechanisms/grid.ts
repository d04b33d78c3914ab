import { NightjarError } from '../../api/errors.ts';
import type { BoundedRows } from '../bounding/index.ts';
import { multiplyRational, rational, toNumber, type Rational } from '../../math/rational.ts';
import type { Grid, ReleaseQuery } from '../schema.ts';

/** The grid of a query that measures values. */
export const gridOf = ({ bounds }: ReleaseQuery): Grid => {
  if (bounds.grid !== undefined) return bounds.grid;
  throw new NightjarError('usage', 'The query says no bounds of the value.', { where: 'query: bounds.value' });
};

/** The middle of the bounds in whole cells, rounded down, and the furthest a clamped value lies from it. */
export const centreOf = ({ lowCells, highCells }: Grid): { readonly centre: number; readonly reach: number } => {
  const centre = Math.floor((lowCells + highCells) / 2);
  return { centre, reach: Math.max(highCells - centre, centre - lowCells) };
};

/** Cells of each kept row. */
export const cellsOf = (rows: BoundedRows): Float64Array => {
  if (rows.cells !== undefined) return rows.cells;
  throw new NightjarError('internal', 'A measure of values was given rows without values.');
};

/** Number of cells → value in the column's unit, or in its square: cells · step^power, with one rounding where it can be. */
export const unitOf = ({ step }: Grid, power: 1 | 2 = 1): ((cells: number) => number) => {
  const factor: Rational = power === 1 ? step : multiplyRational(step, step);
  const numerator = toNumber(rational(factor.numerator));
  const denominator = toNumber(rational(factor.denominator));
  return (cells) => (cells * numerator) / denominator;
};
