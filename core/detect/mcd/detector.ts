import type { Detector } from '../detector.ts';
import { attributeMcd, fitMcd, scoreMcd, type Mcd } from './mcd.ts';
import { loadMcd, saveMcd } from './persist.ts';

/** Robust Mahalanobis distance by the minimum covariance determinant (Rousseeuw & Van Driessen 1999). */
export const mcd: Detector<Mcd> = {
  name: 'mcd',
  sentence: 'Finds actors far from the centre of the majority, measured along how its features vary together.',
  cost: 'fit: bounded, 5,000 rows; score: rows × columns² / 2',
  evidence: 'odd',
  needs: { minRows: 20, mostColumns: 200, scale: 'linear', missing: true },
  fit: (matrix, random, run) => fitMcd(matrix, random, run),
  score: scoreMcd,
  attribute: attributeMcd,
  save: saveMcd,
  load: loadMcd,
};
