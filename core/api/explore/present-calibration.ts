import {
  calibrateQueue,
  falseDiscoveryCurve,
  LEAST_REFERENCES,
  type FalseDiscoveryCurve,
} from '../../detect/calibration/index.ts';
import { seededRandom } from '../../random/index.ts';
import type { CalibrationInfo } from '../contract/findings.ts';
import type { Decisions } from '../decisions/decisions.ts';
import type { Model } from './model.ts';

/** What p-values are worth now: every array has one entry per actor, in the order of rank. */
export type PresentCalibration = CalibrationInfo & {
  /** NaN of an actor without evidence, and of one that others are measured against. */
  readonly pValue: Float64Array;
  readonly qValue: Float64Array;
  /** Actors called benign that the p-values are measured against; 0: they are the run's own. */
  readonly references: number;
  /** Worked out when it is first asked for. */
  readonly curve: () => FalseDiscoveryCurve;
};

const FROM_BEFORE: CalibrationInfo = {
  method: 'none',
  assumptions: 'This ranking is from before p-values were calibrated: rank everybody again.',
  identifiable: false,
  nullShare: 1,
};

/**
 * Answers with the calibration of the run by the present verdicts: actors with evidence who were called benign, at least
 * twenty, are what the others are measured against; without, the run's own holds. Remembered until another actor is called
 * benign, or none any more.
 */
export const createPresentCalibration = (
  decisions: Pick<Decisions, 'all' | 'version'>,
): ((model: Model) => Promise<PresentCalibration>) => {
  let last: { model: Model; version: number; benign: Uint32Array; found: Promise<PresentCalibration> } | undefined;
  return (model) => {
    const version = decisions.version();
    if (last?.model === model && last.version === version) return last.found;
    const benign = benignRows(model, decisions);
    const isSame = last?.model === model && areEqual(last.benign, benign);
    last = { model, version, benign, found: isSame && last ? last.found : calibrationOf(model, benign) };
    return last.found;
  };
};

/** Rows of the references, ascending; none where they are too few. */
const benignRows = ({ rowOf, ranked }: Model, decisions: Pick<Decisions, 'all'>): Uint32Array => {
  const rows: number[] = [];
  for (const [actor, { verdict }] of decisions.all()) {
    const row = verdict === 'benign' ? rowOf.get(actor) : undefined;
    if (row !== undefined && row < ranked) rows.push(row);
  }
  return rows.length < LEAST_REFERENCES ? new Uint32Array(0) : Uint32Array.from(rows).sort();
};

const areEqual = (a: Uint32Array, b: Uint32Array): boolean =>
  a.length === b.length && a.every((row, i) => row === b[i]);

const calibrationOf = async (model: Model, benign: Uint32Array): Promise<PresentCalibration> => {
  const { pValue, qValue, manifest, ranked } = model;
  if (benign.length === 0) {
    const info = manifest.calibration ?? FROM_BEFORE;
    let curve: FalseDiscoveryCurve | undefined;
    return {
      ...info,
      pValue,
      qValue,
      references: 0,
      curve: () => (curve ??= falseDiscoveryCurve(pValue, { nullShare: info.nullShare, references: 0 })),
    };
  }
  const reference = new Uint8Array(ranked);
  for (const row of benign) reference[row] = 1;
  const odd = manifest.ensemble === null ? model.score : model.odd;
  const hasAlike = !Number.isNaN(model.alike[0] ?? Number.NaN);
  const found = await calibrateQueue({
    oddScore: odd.subarray(0, ranked),
    reference,
    ...(hasAlike ? { alikeP: model.alike.slice(0, ranked).map((decades) => 10 ** -decades) } : {}),
    random: seededRandom(manifest.seed),
    run: {},
  });
  const all = (values: Float64Array): Float64Array => {
    const padded = new Float64Array(pValue.length).fill(Number.NaN);
    padded.set(values);
    return padded;
  };
  const { method, assumptions, identifiable, nullShare, curve } = found;
  return {
    method,
    assumptions,
    identifiable,
    nullShare,
    pValue: all(found.pValue),
    qValue: all(found.qValue),
    references: benign.length,
    curve: () => curve,
  };
};
