import type { Detector } from '../detector.ts';
import { attributeLof, fitLof, scoreLof, type Lof } from './lof.ts';
import { loadLof, saveLof } from './persist.ts';

/** Local outlier factor (Breunig et al. 2000). */
export const lof: Detector<Lof> = {
  name: 'lof',
  sentence: 'Finds actors in thinner surroundings than the actors most like them.',
  cost: 'fit: 5,000 rows; score: rows × columns × at most 1,000 centres, fewer for large tables',
  evidence: 'odd',
  needs: { minRows: 20, scale: 'linear', missing: true },
  fit: fitLof,
  score: scoreLof,
  attribute: attributeLof,
  save: saveLof,
  load: loadLof,
};
