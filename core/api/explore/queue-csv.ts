import { featureLabel } from '../../explain/index.ts';
import type { Decision } from '../../store/index.ts';
import { csvText } from '../csv.ts';
import type { Model } from './model.ts';
import type { PresentCalibration } from './present-calibration.ts';
import { shownValue, unitsOf } from './shown.ts';

const HEADER = [
  'rank',
  'actor',
  'score',
  'percentile',
  'p_value',
  'q_value',
  'evidence',
  'events',
  'first_seen',
  'last_seen',
  'verdict',
  'kind',
  'reasons',
];
const SHOWN_REASONS = 3;

/** The actors at `rows`, in that order, as CSV that no spreadsheet takes for formulas; times in ISO 8601, missing is empty. */
export const queueCsv = (
  rows: Uint32Array,
  model: Model,
  decisions: ReadonlyMap<string, Decision>,
  { pValue, qValue }: Pick<PresentCalibration, 'pValue' | 'qValue'>,
): string => {
  const unitOf = unitsOf(model.manifest);
  const number = (values: Float64Array, row: number): number | null => {
    const value = values[row] ?? Number.NaN;
    return Number.isNaN(value) ? null : value;
  };
  const time = (values: Float64Array, row: number): string | null => {
    const at = number(values, row);
    return at === null ? null : new Date(at).toISOString();
  };
  const reasons = (row: number): string =>
    (model.reasons(row) ?? [])
      .slice(0, SHOWN_REASONS)
      .map(({ feature, value }) => `${featureLabel(feature)} ${shownValue(value, unitOf(feature))}`)
      .join('; ');
  return csvText(
    HEADER,
    Array.from(rows, (row) => {
      const decision = decisions.get(model.actors[row] ?? '');
      return [
        row + 1,
        model.actors[row] ?? '',
        number(model.score, row),
        number(model.percentile, row),
        number(pValue, row),
        number(qValue, row),
        row < model.ranked ? 'ok' : 'insufficient',
        number(model.events, row),
        time(model.firstSeen, row),
        time(model.lastSeen, row),
        decision?.verdict ?? null,
        decision?.kind ?? null,
        reasons(row),
      ];
    }),
  );
};
