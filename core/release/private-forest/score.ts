import { NightjarError } from '../../api/errors.ts';
import type { Matrix } from '../../table/index.ts';
import type { PrivateForest } from './run-forest.ts';
import { leafOf, type ForestColumns } from './leaf-of.ts';

/**
 * Scores rows with a private forest, higher for stranger ones, one number per row of the matrix: minus the mean over trees of
 *   N(leaf) / volume(leaf)^¼,
 * N the noised count of the leaf that the row falls into and volume its share of the declared box. The power lies between 0,
 * mass (Ting et al. 2013; half-space trees, Tan, Ting & Liu 2011), and 1, density; it was chosen by measurement, and so was
 * the plain mean: it is linear in the counts, so that noise adds no bias and averages out over trees. Columns are found by
 * their names; others are not looked at; NaN is a missing value. Nothing is read but the forest and the matrix.
 * Errors: `input` where a column is missing.
 */
export const scoreForest = (forest: ScoredForest, matrix: Matrix): Float64Array =>
  scoreColumns(
    forest,
    forest.plan.settings.features.map(({ name }) => columnOf(matrix, name)),
    matrix.rows,
  );

/** The same for so many rows, whose columns lie in the order of the forest's features. */
export const scoreColumns = (
  { plan: { settings }, splits, counts }: ScoredForest,
  columns: ForestColumns,
  rows: number,
): Float64Array => {
  const { trees, depth } = settings;
  const worth = counts.map((count, leaf) => count / Math.sqrt(Math.sqrt(splits.volume[leaf]!))); // one volume per leaf
  const scores = new Float64Array(rows);
  for (let t = 0; t < trees; t++) {
    const first = t * 2 ** depth;
    for (let row = 0; row < rows; row++) {
      scores[row]! -= worth[first + leafOf(splits, depth, t, columns, row)]!; // hot: a leaf of the tree
    }
  }
  return scores.map((sum) => sum / trees);
};

/** What scoring needs of a forest: what is in its file. */
export type ScoredForest = Pick<PrivateForest, 'splits' | 'counts'> & {
  readonly plan: Pick<PrivateForest['plan'], 'settings'>;
};

const columnOf = ({ names, columns, rows, values }: Matrix, name: string): Float64Array => {
  const at = names.indexOf(name);
  if (at >= 0) return Float64Array.from({ length: rows }, (_, row) => values[row * columns + at]!); // at is a column
  throw new NightjarError('input', 'The rows lack a column that the forest splits on.', {
    where: name,
    next: 'Give all columns that the forest names, unscaled and in the same units.',
  });
};
