import { z } from 'zod';
import { NightjarError } from '../../api/errors.ts';
import { arrayOf, metaOf, readModel, writeModel } from '../model-file.ts';
import { isPlain, plainCutForest, type CutForest } from '../forests/cut-forest.ts';
import { loadCutForest, saveCutForests } from '../forests/persist.ts';
import { emptyForest, MAX_COLUMNS, type Forest } from './forest.ts';

const KIND = 'isolationForest';
const VERSION = 1;
/** Of a forest with cuts on categories. */
const CUT_VERSION = 2;

const metaSchema = z.object({
  names: z.array(z.string()).min(1).max(MAX_COLUMNS),
  trees: z.int().positive().max(1e6),
  depth: z.int().positive().max(16),
  sampleSize: z.int().positive().max(65_535),
});

/** A detector's forest as a model file: as `saveForest` where no column is a category. */
export const saveIsolationForest = (forest: CutForest): Uint8Array =>
  isPlain(forest) ? saveForest(forest) : saveCutForests(KIND, CUT_VERSION, [forest]);

/** Reads what `saveIsolationForest` wrote; errors as `readModel`. */
export const loadIsolationForest = (bytes: Uint8Array): CutForest =>
  readModel(bytes, KIND, CUT_VERSION).version === VERSION
    ? plainCutForest(loadForest(bytes), 'standard')
    : loadCutForest(KIND, CUT_VERSION, bytes, 'standard');

/** The forest as a model file: splits, leaf lengths and counts; no training row. */
export const saveForest = (forest: Forest): Uint8Array => {
  const { names, trees, depth, sampleSize, feature, threshold, missingRight, pathLength, cover } = forest;
  return writeModel({
    kind: KIND,
    version: VERSION,
    meta: { names, trees, depth, sampleSize },
    arrays: { feature, threshold, missingRight, pathLength, cover },
  });
};

/** Reads what `saveForest` wrote; errors as `readModel`. */
export const loadForest = (bytes: Uint8Array): Forest => {
  const content = readModel(bytes, KIND, VERSION);
  const { names, trees, depth, sampleSize } = metaOf(content, metaSchema);
  const slots = trees * 2 ** depth;
  const feature = arrayOf(content, 'feature', 'uint16', slots);
  if (feature.some((column) => column >= names.length)) {
    throw new NightjarError('case-damaged', 'A saved model splits on a feature it lacks.', {
      where: KIND,
      next: 'Run detection again: it writes the model anew.',
    });
  }
  const threshold = arrayOf(content, 'threshold', 'float32', slots);
  const missingRight = arrayOf(content, 'missingRight', 'uint8', slots);
  const pathLength = arrayOf(content, 'pathLength', 'float64', slots);
  const cover = arrayOf(content, 'cover', 'uint16', slots);
  const forest = emptyForest(names, trees, sampleSize);
  if (forest.depth !== depth || missingRight.some((side) => side > 1)) {
    throw new NightjarError('case-damaged', 'A saved model does not hold together.', {
      where: KIND,
      next: 'Run detection again: it writes the model anew.',
    });
  }
  forest.feature.set(feature);
  forest.threshold.set(threshold);
  forest.missingRight.set(missingRight);
  forest.pathLength.set(pathLength);
  forest.cover.set(cover);
  return forest;
};
