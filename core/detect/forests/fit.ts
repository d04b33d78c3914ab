import type { Watch } from '../../api/progress.ts';
import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import { MAX_COLUMNS } from '../isolation-forest/forest.ts';
import { makePace } from '../pace.ts';
import { requireContent } from '../require-content.ts';
import { emptyCutForest, type CutForest } from './cut-forest.ts';
import { makeSampler } from './draw-rows.ts';
import { makeTreeGrower } from './grow-tree.ts';
import { RECIPES, stageOf, type RecipeName } from './recipes.ts';

export type GrowOptions = {
  readonly trees?: number;
  /** Rows a tree sees; default as the recipe says. */
  readonly sampleSize?: number;
  /** Deepest leaf; default as the recipe says. */
  readonly depth?: number;
};

/** Guided cuts differ more from tree to tree than uniform ones: beyond 400 trees scores no longer move. */
const DEFAULT_TREES = 400;

/**
 * A forest grown by a recipe: each tree sees `sampleSize` rows drawn without replacement and draws
 * from its own fork of `random`. The matrix is read in place; the model holds cuts, leaf values and
 * counts, no row. Throws `input` for an empty table and for more than 65,535 features.
 */
export const fitCutForest = async (
  recipe: RecipeName,
  matrix: Matrix,
  random: Random,
  watch: Watch = {},
  options: GrowOptions = {},
): Promise<CutForest> => {
  const { rows, names } = matrix;
  requireContent(matrix, MAX_COLUMNS);
  const trees = options.trees ?? DEFAULT_TREES;
  const sampleSize = Math.min(options.sampleSize ?? RECIPES[recipe].sampleSize, rows);
  const levels = names.map((_, j) => matrix.levels?.[j] ?? 0);
  const { terms, depth: deepest } = RECIPES[recipe];
  const depth = options.depth ?? deepest(sampleSize);
  const forest = emptyCutForest({ recipe, names, levels, terms, trees, sampleSize, depth });
  const grow = makeTreeGrower(forest, RECIPES[recipe]);
  const draw = makeSampler(matrix, sampleSize);
  const pace = makePace(watch);
  for (let tree = 0; tree < trees; tree++) {
    const own = random.fork(tree);
    grow(tree, draw(own), own);
    watch.onProgress?.({ stage: stageOf(recipe), done: tree + 1, total: trees, unit: 'trees' });
    await pace();
  }
  return forest;
};
