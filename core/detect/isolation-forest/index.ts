export { isolationForest } from './detector.ts';
export { fitForest, type ForestOptions } from './fit.ts';
export { averagePathLength, emptyForest, type Forest } from './forest.ts';
export { loadForest, saveForest } from './persist.ts';
export { scoreBatches } from './score-batches.ts';
export { scoreForest, scoreRow, sumPathLengths } from './score.ts';
