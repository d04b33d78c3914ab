import { attributeRows } from '../../detect/attribute-rows.ts';
import { weightOf } from '../../detect/ensemble/index.ts';
import { applyScaler, combineTailRanks, DETECTORS, modelNames, type DetectorPart } from '../../detect/index.ts';
import { makeRescore } from '../../detect/rescore.ts';
import { loadScaler } from '../../detect/scale-file.ts';
import { tailCurve } from '../../detect/tail-curve.ts';
import type { RescoreRows } from '../../explain/index.ts';
import { loadModels, modelDigest, type Case } from '../../store/index.ts';
import type { FeatureTable } from '../../table/index.ts';
import { NightjarError } from '../errors.ts';
import { lazily } from '../lazily.ts';
import { likenessCredit } from './likeness-credit.ts';
import type { Model } from './model.ts';

/** The detectors of the run in memory, read back from the case. */
export type SavedDetectors = {
  /** What they say of the actor at a row of the queue, whose features are the only row of `own`. */
  readonly partsOf: (row: number, own: FeatureTable) => readonly DetectorPart[];
  /** As `Detection.rescore` of the run. */
  readonly rescore: RescoreRows;
};

/** Reads the models that the latest run left. Errors: `case-damaged` for one that is missing, of another run, or does not hold together. */
export const loadDetectors = (opened: Case, model: Model): SavedDetectors => {
  const { manifest, ranked } = model;
  const { features } = manifest;
  const peers = ranked > 0 ? ranked : model.actors.length;
  const models = loadModels(opened, modelNames(manifest.detectors));
  const bytesOf = (name: string): Uint8Array => {
    const file = models.find((each) => each.name === name);
    const digest = manifest.models[name];
    if (file !== undefined && (digest === undefined || digest === modelDigest(file.bytes))) return file.bytes;
    throw new NightjarError(
      'case-damaged',
      file === undefined ? 'A model of the run is missing.' : 'A model is not the one that the run left.',
      {
        where: name,
        next: 'Rank everybody again: that writes the models anew.',
      },
    );
  };
  const scalers = {
    linear: lazily(() => loadScaler(bytesOf('scaler-linear'))),
    shaped: lazily(() => loadScaler(bytesOf('scaler-shaped'))),
  };
  const sayOf = (name: string): number =>
    manifest.ensemble?.members.find((member) => member.name === name)?.share ?? weightOf(name);
  const odd = model.detectors.flatMap(({ name, score, tailRank }) => {
    const detector = DETECTORS.find((each) => each.name === name);
    if (detector?.evidence !== 'odd') return [];
    return [
      {
        name,
        score,
        tailRank,
        weight: sayOf(name),
        categories: detector.needs.categories ?? false,
        scaler: scalers[detector.needs.scale](),
        fitted: detector.load(bytesOf(name)),
        peerScores: score.subarray(0, peers),
      },
    ];
  });
  const curve = tailCurve(combineTailRanks(odd, model.actors.length).subarray(0, peers));
  const rescore = makeRescore(features, odd);
  return {
    partsOf: (row, own) => [
      ...odd.map(({ name, score, tailRank, weight, scaler, categories, fitted }): DetectorPart => {
        const { matrix } = applyScaler(scaler, own, [0], categories);
        return {
          name,
          evidence: 'odd',
          score: score.slice(row, row + 1),
          tailRank: tailRank.slice(row, row + 1),
          weight,
          attribute: attributeRows(fitted, matrix, [0], features),
        };
      }),
      likenessPart(model, row),
    ],
    rescore: async (rows, run) => (await rescore(rows, run)).map(curve),
  };
};

/** All detectors of likeness as one: their models hold nobody, but the run keeps the groups. */
const likenessPart = (model: Model, row: number): DetectorPart => {
  const alike = model.alike.slice(row, row + 1);
  const attribute = async (): Promise<Float64Array> => likenessCredit(model, row);
  return { name: 'likeness', evidence: 'alike', score: alike, tailRank: alike, weight: 1, attribute };
};
