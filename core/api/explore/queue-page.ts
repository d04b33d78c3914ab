import { bool, columnFromArray } from '@uwdata/flechette';
import { featureLabel } from '../../explain/index.ts';
import type { Decision } from '../../store/index.ts';
import { arrowBlob, integerArrow, listArrow, numberArrow, textArrow } from './arrow.ts';
import type { Model } from './model.ts';
import type { PresentCalibration } from './present-calibration.ts';
import { shownValue, unitsOf } from './shown.ts';
import { SPARK_BINS } from './spark.ts';
import type { StoredReason } from './stored-findings.ts';
import { leastLikelyGroups } from './twin-groups.ts';

/** Reasons that a row of the queue shows. */
const SHOWN_REASONS = 3;

/** The actors at `rows` as the queue shows them: see `explore.queue` of the contract for its columns. */
export const queueTable = (
  rows: Uint32Array,
  model: Model,
  decisions: ReadonlyMap<string, Decision>,
  { pValue, qValue }: Pick<PresentCalibration, 'pValue' | 'qValue'>,
): Blob => {
  const actors = Array.from(rows, (row) => model.actors[row] ?? '');
  const decided = actors.map((actor) => decisions.get(actor));
  const numbers = (values: Float64Array) => numberArrow(Float64Array.from(rows, (row) => values[row] ?? Number.NaN));
  const spark = new Uint16Array(rows.length * SPARK_BINS);
  rows.forEach((row, i) => {
    spark.set(model.spark.subarray(row * SPARK_BINS, (row + 1) * SPARK_BINS), i * SPARK_BINS);
  });
  const unitOf = unitsOf(model.manifest);
  const groups = leastLikelyGroups(model.groups);
  return arrowBlob({
    rank: integerArrow(Int32Array.from(rows, (row) => row + 1)),
    actor: textArrow(actors),
    score: numbers(model.score),
    percentile: numbers(model.percentile),
    pValue: numbers(pValue),
    qValue: numbers(qValue),
    lead: textArrow(Array.from(rows, (row) => leadOf(model, row))),
    evidence: textArrow(Array.from(rows, (row) => (row < model.ranked ? 'ok' : 'insufficient'))),
    events: integerArrow(Int32Array.from(rows, (row) => model.events[row] ?? 0)),
    firstSeen: numbers(model.firstSeen),
    lastSeen: numbers(model.lastSeen),
    verdict: textArrow(decided.map((decision) => decision?.verdict ?? null)),
    kind: textArrow(decided.map((decision) => decision?.kind ?? null)),
    hasNote: columnFromArray(
      decided.map((decision) => decision?.note !== undefined && decision.note !== null),
      bool(),
    ),
    twins: integerArrow(Int32Array.from(rows, (row) => (groups.get(row)?.rows.length ?? 1) - 1)),
    group: integerArrow(Int32Array.from(rows, (row) => groups.get(row)?.place ?? -1)),
    reasons: textArrow(Array.from(rows, (row) => chips(model.reasons(row) ?? [], unitOf))),
    spark: listArrow(spark, rows.length, SPARK_BINS),
    ...Object.fromEntries(model.detectors.map(({ name, percentile }) => [`detector:${name}`, numbers(percentile)])),
  });
};

/** The kind of evidence that made the score. */
const leadOf = ({ odd, alike }: Model, row: number): string => ((alike[row] ?? 0) > (odd[row] ?? 0) ? 'alike' : 'odd');

const chips = (reasons: readonly StoredReason[], unitOf: (feature: string) => string): string =>
  JSON.stringify(
    reasons.slice(0, SHOWN_REASONS).map(({ feature, value, percentile }) => ({
      feature,
      label: featureLabel(feature),
      shownValue: shownValue(value, unitOf(feature)),
      percentile,
      high: (percentile ?? 50) >= 50,
    })),
  );
