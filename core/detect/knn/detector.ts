import type { Detector } from '../detector.ts';
import { attributeKnn, fitKnn, scoreKnn, type Knn } from './knn.ts';
import { loadKnn, saveKnn } from './persist.ts';

/** Distance to the nearest 50 rows (Ramaswamy, Rastogi & Shim 2000; Angiulli & Pizzuti 2002): odd is what is far from all. */
export const knn: Detector<Knn> = {
  name: 'knn',
  sentence: 'Finds actors that are far from the actors most like them.',
  cost: 'fit: 5,000 rows; score: rows × columns × at most 1,000 centres, fewer for large tables',
  evidence: 'odd',
  needs: { minRows: 20, scale: 'linear', missing: true },
  fit: (matrix, random, run) => fitKnn(matrix, random, run),
  score: scoreKnn,
  attribute: attributeKnn,
  save: saveKnn,
  load: loadKnn,
};
