import { forestOf, scoreForest, type ForestFile } from '../release/private-forest/index.ts';
import type { Matrix } from '../table/index.ts';

export { approveForest } from './private-forest/approve.ts';
export { askForest, type ForestAnswer, type ForestAsked } from './private-forest/ask.ts';
export { scoreEntitiesWithForest, scoreFilesWithForest, type ForestQueue } from './private-forest/score.ts';
export { isForestFile, readForestFile, writeForestFile } from './release/files.ts';
export { isForestJson, parseForestFile, verifyPrivateForest } from '../release/private-forest/index.ts';
export type { ForestFile } from '../release/private-forest/index.ts';

/**
 * Scores a partner's rows with the file of a forest, higher for stranger ones; see `scoreForest`. Columns are found by name,
 * unscaled. What the file claims of privacy is for `verifyPrivateForest` to check. Errors: `input`.
 */
export const scorePrivateForest = (file: ForestFile, matrix: Matrix): Float64Array =>
  scoreForest(forestOf(file), matrix);
