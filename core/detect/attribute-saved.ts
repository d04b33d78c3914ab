import { NightjarError } from '../api/errors.ts';
import type { FeatureTable } from '../table/table.ts';
import { attributeRows } from './attribute-rows.ts';
import { DETECTORS } from './detectors.ts';
import { weightOf } from './ensemble/members.ts';
import { applyScaler } from './scale.ts';
import { loadScaler } from './scale-file.ts';
import type { DetectorPart, ModelFile } from './schema.ts';

/** Names of the model files that the named detectors need. */
export const modelNames = (detectors: readonly string[]): readonly string[] => [
  ...new Set(
    DETECTORS.filter(({ name }) => detectors.includes(name)).flatMap(({ name, needs }) => [
      name,
      `scaler-${needs.scale}`,
    ]),
  ),
];

/**
 * The saved detectors as parts of a detection of `table`, which may hold a few of the actors only: `attribute` gives the
 * numbers the fitted detectors gave. Tail ranks come from the stored scores. Throws `case-damaged` for a missing model.
 */
export const attributeSaved = (
  models: readonly ModelFile[],
  table: FeatureTable,
  features: readonly string[],
  scored: readonly Pick<DetectorPart, 'name' | 'score' | 'tailRank'>[],
): readonly DetectorPart[] =>
  scored.flatMap((part): DetectorPart[] => {
    const detector = DETECTORS.find(({ name }) => name === part.name);
    if (detector === undefined) return [];
    const bytesOf = (name: string): Uint8Array => {
      const file = models.find((model) => model.name === name);
      if (file !== undefined) return file.bytes;
      throw new NightjarError('case-damaged', 'A model of the run is missing.', {
        where: name,
        next: 'Rank everybody again: that writes the models anew.',
      });
    };
    const scaler = loadScaler(bytesOf(`scaler-${detector.needs.scale}`));
    const { matrix } = applyScaler(scaler, table, undefined, detector.needs.categories);
    const fitted = detector.load(bytesOf(part.name));
    const rows = table.actors.map((_, i) => i);
    return [
      {
        ...part,
        evidence: detector.evidence,
        weight: weightOf(detector.name),
        attribute: attributeRows(fitted, matrix, rows, features),
      },
    ];
  });
