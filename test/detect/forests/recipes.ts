import type { RecipeName } from '../../../core/detect/forests/index.ts';

/** Every recipe; golden.test.ts checks that none is missing. */
export const recipes: readonly RecipeName[] = [
  'standard',
  'extended',
  'sci',
  'fairCut',
  'pooledGain',
  'density',
  'guidedDensity',
];
