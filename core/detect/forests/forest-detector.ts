import type { Detector } from '../detector.ts';
import { attributeCutForest } from './attribute.ts';
import type { CutForest } from './cut-forest.ts';
import { fitCutForest } from './fit.ts';
import { loadCutForest, saveCutForests } from './persist.ts';
import type { RecipeName } from './recipes.ts';
import { scoreCutForest } from './score.ts';

/** Of the files of these detectors. */
const VERSION = 1;

/** The detector that grows one forest of so many trees by a recipe. */
export const forestDetector = (
  name: string,
  sentence: string,
  recipe: RecipeName,
  trees: number,
): Detector<CutForest> => ({
  name,
  sentence,
  cost: `fit: constant; score: rows × ${trees} trees × depth`,
  evidence: 'odd',
  needs: { minRows: 2, scale: 'linear', missing: true, categories: true },
  fit: (matrix, random, run) => fitCutForest(recipe, matrix, random, run, { trees }),
  score: scoreCutForest,
  attribute: attributeCutForest,
  save: (forest) => saveCutForests(name, VERSION, [forest]),
  load: (bytes) => loadCutForest(name, VERSION, bytes, recipe),
});
