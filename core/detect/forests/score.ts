import type { Matrix } from '../../table/table.ts';
import { averagePathLength } from '../isolation-forest/forest.ts';
import { scoreForest } from '../isolation-forest/score.ts';
import type { Run } from '../schema.ts';
import { isPlain, type CutForest } from './cut-forest.ts';
import { RECIPES } from './recipes.ts';
import { sumLeafValues } from './sum.ts';

/**
 * Scores of the rows, higher is odder. Where leaves hold path lengths 2^(−E[h(x)] / c(ψ)), in (0, 1)
 * (Liu, Ting & Zhou 2008, eq. 2); where they hold log densities −E[ln density], in nats: 0 is as
 * dense as if the sample lay evenly in its range. Errors as `sumLeafValues`.
 */
export const scoreCutForest = async (forest: CutForest, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  if (isPlain(forest) && !hasDensities(forest)) return scoreForest(forest, matrix, run);
  const sums = await sumLeafValues(forest, matrix, run);
  const unit = leafUnit(forest) * forest.trees;
  if (hasDensities(forest)) return sums.map((sum) => -sum / unit);
  return forest.sampleSize > 1 ? sums.map((sum) => 2 ** (-sum / unit)) : sums.fill(0.5);
};

/** What a forest's leaf values are divided by: c(ψ) for path lengths (1 where it is 0), 1 for log densities. */
export const leafUnit = (forest: CutForest): number =>
  hasDensities(forest) ? 1 : Math.max(1, averagePathLength(forest.sampleSize));

/** Whether leaves hold log densities, not path lengths. */
export const hasDensities = (forest: CutForest): boolean =>
  Object.entries(RECIPES).some(([name, { leaf }]) => name === forest.recipe && leaf === 'log density');
