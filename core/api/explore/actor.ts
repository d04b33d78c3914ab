import { featureLabel, formatValue } from '../../explain/index.ts';
import { readActorActions, readActorOrigins, type Decision, type OriginCounts } from '../../store/index.ts';
import type { ActorDetail, Reason } from '../contract/explore.ts';
import { explainRow, type ExplainSource } from './explain.ts';
import type { Model, StoredReason } from './model.ts';

const MOST_ACTIONS = 20;

/** All about the actor at a row of the queue. */
export const actorDetail = async (
  source: ExplainSource & { readonly originCounts: OriginCounts },
  model: Model,
  row: number,
  decision: Decision | undefined,
  signal?: AbortSignal,
): Promise<ActorDetail> => {
  const actor = model.actors[row] ?? '';
  const [actions, origins, reasons] = await Promise.all([
    source.readers.read((connection) => readActorActions(connection, actor, MOST_ACTIONS), signal),
    source.readers.read((connection) => readActorOrigins(connection, actor, source.originCounts), signal),
    model.reasons(row) ?? explainRow(source, model, row, signal),
  ]);
  return {
    actor,
    rank: row + 1,
    score: model.score[row] ?? 0,
    percentile: model.percentile[row] ?? 0,
    pValue: known(model.pValue[row]),
    evidence: row < model.ranked ? 'ok' : 'insufficient',
    events: model.events[row] ?? 0,
    firstSeen: known(model.firstSeen[row]),
    lastSeen: known(model.lastSeen[row]),
    detectors: model.detectors.map(({ name, score, percentile }) => ({
      name,
      score: score[row] ?? 0,
      percentile: percentile[row] ?? 0,
    })),
    reasons: (reasons ?? []).map((reason) => shownReason(reason, model)),
    actions: actions.map(({ value, events }) => ({ action: value, events })),
    origins: origins.map(({ column, distinct, top }) => ({ column, distinct, top: [...top] })),
    decision: decision ?? null,
  };
};

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

const shownReason = (reason: StoredReason, model: Model): Reason => {
  const unit = model.manifest.dictionary.find(({ name }) => name === reason.feature)?.unit ?? '';
  const shown = (value: number | null): string => (value === null ? 'not known' : formatValue(value, unit));
  const { feature, value, typical, percentile, contribution, sentence } = reason;
  return {
    feature,
    label: featureLabel(feature),
    unit,
    value,
    typical,
    percentile,
    contribution,
    sentence,
    shownValue: shown(value),
    shownTypical: shown(typical),
  };
};
