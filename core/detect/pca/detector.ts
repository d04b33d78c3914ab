import type { Detector } from '../detector.ts';
import { attributePca, fitPca, scorePca, type Pca } from './pca.ts';
import { loadPca, savePca } from './persist.ts';

/** Principal components, the major and the minor ones (Shyu et al. 2003). */
export const pca: Detector<Pca> = {
  name: 'pca',
  sentence: 'Finds actors far out along the main directions in which actors differ, or off those in which none does.',
  cost: 'fit: rows × columns² / 2, 50,000 rows at most, and columns³; score: rows × columns²',
  evidence: 'odd',
  needs: { minRows: 20, scale: 'shaped', missing: true },
  fit: (matrix, random, run) => fitPca(matrix, random, run),
  score: scorePca,
  attribute: attributePca,
  save: savePca,
  load: loadPca,
};
