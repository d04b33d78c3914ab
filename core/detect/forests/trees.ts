import { NightjarError } from '../../api/errors.ts';
import type { Watch } from '../../api/progress.ts';
import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import { emptyCutForest, FOREST_ARRAYS, type CutForest } from './cut-forest.ts';
import { fitCutForest } from './fit.ts';
import { RECIPES, type RecipeName } from './recipes.ts';

/**
 * The forest with `count` more trees, grown by its own recipe from newer rows; together with
 * `forgetTrees` a model follows a stream. Pass a fresh fork of `random` for each batch. Throws `input`
 * for fewer rows than a tree's sample, whose path lengths would not compare, and `usage` for other features.
 */
export const appendTrees = async (
  forest: CutForest,
  matrix: Matrix,
  random: Random,
  count: number,
  watch: Watch = {},
): Promise<CutForest> => {
  const { sampleSize, depth, names, levels } = forest;
  if (names.join('\n') !== matrix.names.join('\n') || levels.some((own, j) => own !== (matrix.levels?.[j] ?? 0))) {
    throw new NightjarError('usage', 'The table does not have the features of the model.', {
      next: 'Add rows with the features the model was fitted on, in the same order.',
    });
  }
  if (matrix.rows < sampleSize) {
    throw new NightjarError('input', 'There are too few rows for another tree.', {
      where: `${matrix.rows} rows; each tree saw ${sampleSize}`,
      next: 'Gather more rows first.',
    });
  }
  const grown = await fitCutForest(recipeOf(forest), matrix, random, watch, { trees: count, sampleSize, depth });
  return joinTrees(forest, 0, forest.trees, grown);
};

/** The forest without its `count` oldest trees. Throws `usage` when none would be left. */
export const forgetTrees = (forest: CutForest, count: number): CutForest => {
  if (!Number.isInteger(count) || count < 0 || count >= forest.trees) {
    throw new NightjarError('usage', 'At least one tree must be left.', {
      where: `${count} of ${forest.trees} trees`,
      next: 'Forget fewer trees, or append new ones first.',
    });
  }
  return joinTrees(forest, count, forest.trees);
};

/** Trees [from, to) of a forest, followed by all of another of the same shape. */
const joinTrees = (forest: CutForest, from: number, to: number, more?: CutForest): CutForest => {
  const joined = emptyCutForest({ ...forest, trees: to - from + (more?.trees ?? 0) });
  for (const name of FOREST_ARRAYS) {
    const perTree = forest[name].length / forest.trees;
    joined[name].set(forest[name].subarray(from * perTree, to * perTree));
    if (more !== undefined) joined[name].set(more[name], (to - from) * perTree);
  }
  return joined;
};

const recipeOf = ({ recipe }: CutForest): RecipeName => {
  for (const name of RECIPE_NAMES) if (name === recipe) return name;
  throw new NightjarError('internal', 'A forest of an unknown recipe.', { where: recipe });
};

const RECIPE_NAMES: readonly RecipeName[] = Object.keys(RECIPES).filter((name): name is RecipeName => name in RECIPES);
