import { forestDetector } from './forest-detector.ts';

/**
 * Extended isolation forest (Hariri, Carrasco Kind & Brunner 2021) of two columns a cut, which leaves
 * no ghost regions beside the axes. Unlike there, values are scaled in each node.
 */
export const extendedForest = forestDetector(
  'extendedForest',
  'Finds actors that few random slanted cuts set apart from all others.',
  'extended',
  400,
);

/**
 * SCiForest (Liu, Ting & Zhou 2010): of ten slanted cuts the one with the largest gain, for small
 * dense clusters. Unlike there, a row beyond a node's range is
 * not treated apart: it measured no better.
 */
export const sciForest = forestDetector(
  'sciForest',
  'Finds small clusters of actors by the slanted cuts that part them best from all others.',
  'sci',
  100,
);

/** Fair-cut forest (Cortes 2021): slanted cuts where the pooled standard deviation falls most. */
export const fairCutForest = forestDetector(
  'fairCutForest',
  'Finds actors outside the clusters that most actors fall into.',
  'fairCut',
  200,
);

/** An isolation forest, of whose cuts three in four are where a column's pooled deviation falls most (Cortes 2021). */
export const pooledGainForest = forestDetector(
  'pooledGainForest',
  'Finds actors outside the groups that single features fall into.',
  'pooledGain',
  400,
);

/**
 * An isolation forest whose leaves hold their density, share of the rows over share of the width at
 * every cut (isotree's density scoring: Cortes 2021), combined as a geometric mean.
 */
export const densityForest = forestDetector(
  'densityForest',
  'Finds actors in the emptiest parts of the space that random cuts lay out.',
  'guidedDensity',
  200,
);
