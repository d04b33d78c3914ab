import {
  readActorActions,
  readActorOrigins,
  type Decision,
  type OriginCounts,
  type Readers,
} from '../../store/index.ts';
import type { ActorDetail } from '../contract/explore.ts';
import type { Explainer } from './explain.ts';
import type { FeedbackModel } from './feedback.ts';
import type { Model } from './model.ts';
import type { PresentCalibration } from './present-calibration.ts';
import { shownReason, shownStory, unitsOf } from './shown.ts';
import type { StoredReason, StoredStory } from './stored-findings.ts';
import { groupsAt, shownGroup } from './twin-groups.ts';

const MOST_ACTIONS = 20;

/** Where an actor's details come from. */
export type ActorSource = {
  readonly readers: Readers;
  readonly originCounts: OriginCounts;
  readonly model: Model;
  readonly decisions: ReadonlyMap<string, Decision>;
  readonly calibration: Pick<PresentCalibration, 'pValue' | 'qValue'>;
  readonly feedback: FeedbackModel | null;
  /** For an actor that the run itself did not explain. */
  readonly explainer: () => Promise<Explainer>;
};

/** All about the actor at a row of the queue. */
export const actorDetail = async (source: ActorSource, row: number, signal?: AbortSignal): Promise<ActorDetail> => {
  const { readers, originCounts, model, decisions, calibration, feedback } = source;
  const actor = model.actors[row] ?? '';
  const [actions, origins, told, why] = await Promise.all([
    readers.read((connection) => readActorActions(connection, actor, MOST_ACTIONS), signal),
    readers.read((connection) => readActorOrigins(connection, actor, originCounts), signal),
    toldOf(source, row, signal),
    feedback?.why(row) ?? null,
  ]);
  const unitOf = unitsOf(model.manifest);
  return {
    actor,
    rank: row + 1,
    score: model.score[row] ?? 0,
    percentile: model.percentile[row] ?? 0,
    pValue: known(calibration.pValue[row]),
    qValue: known(calibration.qValue[row]),
    odd: known(model.odd[row]),
    alike: known(model.alike[row]),
    evidence: row < model.ranked ? 'ok' : 'insufficient',
    events: model.events[row] ?? 0,
    firstSeen: known(model.firstSeen[row]),
    lastSeen: known(model.lastSeen[row]),
    detectors: model.detectors.map(({ name, score, percentile }) => ({
      name,
      score: score[row] ?? 0,
      percentile: percentile[row] ?? 0,
    })),
    reasons: told.reasons.map((reason) => shownReason(reason, unitOf)),
    story: told.story === null ? null : shownStory(told.story, unitOf),
    groups: groupsAt(model.groups, row).map((group) => shownGroup(group, model, decisions)),
    feedback: feedback === null ? null : { rank: (feedback.placeOf[row] ?? 0) + 1, why },
    actions: actions.map(({ value, events }) => ({ action: value, events })),
    origins: origins.map(({ column, distinct, top }) => ({ column, distinct, top: [...top] })),
    decision: decisions.get(actor) ?? null,
  };
};

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

type Told = { readonly reasons: readonly StoredReason[]; readonly story: StoredStory | null };

/** What the run said of an actor, or would have said. */
const toldOf = async ({ model, explainer }: ActorSource, row: number, signal?: AbortSignal): Promise<Told> => {
  const reasons = model.reasons(row);
  const story = model.story(row);
  if (reasons !== null || story !== null) return { reasons: reasons ?? [], story };
  const explain = await explainer();
  const explanation = await explain(row, signal);
  if (explanation === null) return { reasons: [], story: null };
  const { summary, smallestChange } = explanation;
  return {
    reasons: explanation.reasons,
    story: {
      summary,
      smallestChange: smallestChange && { ...smallestChange, changes: [...smallestChange.changes] },
    },
  };
};
