export { attributeCutForest } from './attribute.ts';
export { emptyCutForest, isPlain, type CutForest, type ForestShape } from './cut-forest.ts';
export { densityForest, extendedForest, fairCutForest, pooledGainForest, sciForest } from './detectors.ts';
export { fitCutForest, type GrowOptions } from './fit.ts';
export { leafSlot, leftChild, rootOf } from './nodes.ts';
export { RECIPES, type Recipe, type RecipeName } from './recipes.ts';
export { hasDensities, leafUnit, scoreCutForest } from './score.ts';
export { appendTrees, forgetTrees } from './trees.ts';
