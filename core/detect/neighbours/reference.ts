import { drawRows, shuffled, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';
import { microaggregate, type Centres } from './microaggregate.ts';

/** Rows compared with at most: more move no rank that ten times as many rows would not. */
export const REFERENCE_ROWS = 5000;
/** Fewest rows behind a centre: nobody can be told from four others. */
const GROUP_SIZE = 5;
/** Products a search may take, rows × centres × columns: 500 centres for a million rows of 60 columns, 17 s of processor. */
const MOST_PRODUCTS = 3e10;

/**
 * What rows are compared with: at most 5,000 of them, drawn by `random`, as centres of groups of at least five; larger
 * groups where rows × centres × columns would pass 3·10¹⁰. Holds no row.
 */
export const referenceOf = (matrix: Matrix, random: Random): Centres => {
  // Equal values are parted in the order of rows, which must not tell anything.
  const rows = shuffled(drawRows(matrix.rows, REFERENCE_ROWS, random), random);
  return microaggregate(matrix, rows, groupSizeFor(matrix.rows, matrix.columns));
};

/** Rows per group so that comparing `rows` rows with all centres stays within bounds. */
export const groupSizeFor = (rows: number, columns: number): number => {
  const centres = Math.max(1, Math.floor(MOST_PRODUCTS / Math.max(1, rows * columns)));
  return Math.max(GROUP_SIZE, Math.ceil(Math.min(rows, REFERENCE_ROWS) / centres));
};
