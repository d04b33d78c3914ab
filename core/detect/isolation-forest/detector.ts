import type { Detector } from '../detector.ts';
import { attributeCutForest } from '../forests/attribute.ts';
import { plainCutForest, type CutForest } from '../forests/cut-forest.ts';
import { fitCutForest } from '../forests/fit.ts';
import { scoreCutForest } from '../forests/score.ts';
import { fitForest } from './fit.ts';
import { loadIsolationForest, saveIsolationForest } from './persist.ts';

/** Isolation forest (Liu, Ting & Zhou 2008): odd is what few random splits set apart. */
export const isolationForest: Detector<CutForest> = {
  name: 'isolationForest',
  sentence: 'Finds actors that few random cuts set apart from all others.',
  cost: 'fit: constant; score: rows × trees × 8 comparisons',
  evidence: 'odd',
  needs: { minRows: 2, scale: 'linear', missing: true, categories: true },
  fit: async (matrix, random, run) =>
    matrix.levels?.some((count) => count > 0) === true
      ? await fitCutForest('standard', matrix, random, run)
      : plainCutForest(await fitForest(matrix, random, run), 'standard'),
  score: scoreCutForest,
  attribute: attributeCutForest,
  save: saveIsolationForest,
  load: loadIsolationForest,
};
