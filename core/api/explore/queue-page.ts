import { bool, columnFromArray } from '@uwdata/flechette';
import { featureLabel, formatValue } from '../../explain/index.ts';
import type { Decision } from '../../store/index.ts';
import { arrowBlob, integerArrow, listArrow, numberArrow, textArrow } from './arrow.ts';
import type { Model, StoredReason } from './model.ts';
import { SPARK_BINS } from './spark.ts';

/** Reasons that a row of the queue shows. */
const SHOWN_REASONS = 3;

/** The actors at `rows` as the queue shows them: see `explore.queue` of the contract for its columns. */
export const queueTable = (rows: Uint32Array, model: Model, decisions: ReadonlyMap<string, Decision>): Blob => {
  const actors = Array.from(rows, (row) => model.actors[row] ?? '');
  const decided = actors.map((actor) => decisions.get(actor));
  const numbers = (values: Float64Array) => numberArrow(Float64Array.from(rows, (row) => values[row] ?? Number.NaN));
  const spark = new Uint16Array(rows.length * SPARK_BINS);
  rows.forEach((row, i) => {
    spark.set(model.spark.subarray(row * SPARK_BINS, (row + 1) * SPARK_BINS), i * SPARK_BINS);
  });
  const units = new Map(model.manifest.dictionary.map(({ name, unit }) => [name, unit]));
  return arrowBlob({
    rank: integerArrow(Int32Array.from(rows, (row) => row + 1)),
    actor: textArrow(actors),
    score: numbers(model.score),
    percentile: numbers(model.percentile),
    pValue: numbers(model.pValue),
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
    reasons: textArrow(Array.from(rows, (row) => chips(model.reasons(row) ?? [], units))),
    spark: listArrow(spark, rows.length, SPARK_BINS),
    ...Object.fromEntries(model.detectors.map(({ name, percentile }) => [`detector:${name}`, numbers(percentile)])),
  });
};

const chips = (reasons: readonly StoredReason[], units: ReadonlyMap<string, string>): string =>
  JSON.stringify(
    reasons.slice(0, SHOWN_REASONS).map(({ feature, value, percentile }) => ({
      feature,
      label: featureLabel(feature),
      shownValue: value === null ? 'not known' : formatValue(value, units.get(feature) ?? ''),
      percentile,
      high: (percentile ?? 50) >= 50,
    })),
  );
