import { NightjarError } from '../api/errors.ts';
import type { FeatureTable } from '../table/table.ts';
import { DETECTORS } from './detectors.ts';
import { applyScaler } from './scale.ts';
import { loadScaler } from './scale-file.ts';
import type { DetectorScores, ModelFile, Run } from './schema.ts';

/**
 * Scores a table with the saved models of a detection, without fitting: one array of raw scores per
 * detector, in the order of the table. Throws `case-damaged` or `case-newer` for models that cannot
 * be read, and `input` when the table lacks a feature. Detectors of likeness are left out: it is a property of the
 * actors of a run, of which a model holds nothing.
 */
export const scoreActors = async (
  models: readonly ModelFile[],
  table: FeatureTable,
  run: Run = {},
): Promise<readonly DetectorScores[]> => {
  const results: DetectorScores[] = [];
  for (const detector of DETECTORS) {
    const file = models.find((model) => model.name === detector.name);
    if (file === undefined || detector.evidence === 'alike') continue;
    const name = `scaler-${detector.needs.scale}`;
    const scaling = models.find((model) => model.name === name);
    if (scaling === undefined) {
      throw new NightjarError('case-damaged', 'The scaling of a saved model is missing.', {
        where: name,
        next: 'Run detection again: it writes the model anew.',
      });
    }
    const { matrix } = applyScaler(loadScaler(scaling.bytes), table, undefined, detector.needs.categories);
    const scores = await detector.load(file.bytes).score(matrix, run);
    results.push({ name: detector.name, scores });
  }
  return results;
};
