import type { Detector } from '../detector.ts';
import { attributeForest } from './attribute.ts';
import { fitForest } from './fit.ts';
import type { Forest } from './forest.ts';
import { loadForest, saveForest } from './persist.ts';
import { scoreForest } from './score.ts';

/** Isolation forest (Liu, Ting & Zhou 2008): odd is what few random splits set apart. */
export const isolationForest: Detector<Forest> = {
  name: 'isolationForest',
  sentence: 'Finds actors that few random cuts set apart from all others.',
  cost: 'fit: constant; score: rows × trees × 8 comparisons',
  evidence: 'odd',
  needs: { minRows: 2, scale: 'linear', missing: true },
  fit: (matrix, random, run) => fitForest(matrix, random, run),
  score: scoreForest,
  attribute: attributeForest,
  save: saveForest,
  load: loadForest,
};
