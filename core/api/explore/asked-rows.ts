import { readActorsByAction, type Readers } from '../../store/index.ts';
import type { ActorFilter, QueueSort } from '../contract/explore.ts';
import type { Decisions } from '../decisions/decisions.ts';
import type { FeedbackModel } from './feedback.ts';
import { filterRows } from './filter.ts';
import type { Model } from './model.ts';
import { orderRows } from './order.ts';
import type { PresentCalibration } from './present-calibration.ts';
import { createRemembered } from './remembered.ts';

export type Asked = { readonly filter: ActorFilter; readonly sort: QueueSort };

/** Which rows of the queue a page asks for. The latest answers are remembered. */
export type AskedRows = {
  /** Those the filter leaves, by rank. */
  filtered(of: Model, filter: ActorFilter): Promise<Uint32Array>;
  /** The same in the asked order. */
  ordered(of: Model, asked: Asked): Promise<Uint32Array>;
};

const REMEMBERED = 16;

export const createAskedRows = (source: {
  readonly readers: Readers;
  readonly decisions: Decisions;
  readonly calibration: (model: Model) => Promise<PresentCalibration>;
  readonly feedback: (model: Model) => Promise<FeedbackModel | null>;
  /** Differs for models, and whenever the case holds something else. */
  readonly keyOf: (model: Model, ...parts: readonly unknown[]) => string;
}): AskedRows => {
  const { readers, decisions, calibration, feedback, keyOf } = source;
  const narrowed = createRemembered<Uint32Array>(REMEMBERED);
  const sorted = createRemembered<Uint32Array>(REMEMBERED);
  const whoDid = createRemembered<ReadonlySet<string>>(8);
  /** A filter by what verdicts change is asked anew after each. */
  const versionFor = ({ verdicts, falseDiscoveryRate }: ActorFilter): number =>
    (verdicts ?? []).length > 0 || falseDiscoveryRate !== undefined ? decisions.version() : 0;
  const didActions = (of: Model, actions: readonly string[]): Promise<ReadonlySet<string>> =>
    whoDid(keyOf(of, actions), () => readers.read((connection) => readActorsByAction(connection, actions)));

  const filtered: AskedRows['filtered'] = async (of, filter) => {
    const { actions = [], falseDiscoveryRate } = filter;
    const key = keyOf(of, filter, versionFor(filter));
    const didAction = actions.length === 0 ? undefined : await didActions(of, actions);
    const qValue = falseDiscoveryRate === undefined ? of.qValue : (await calibration(of)).qValue;
    return narrowed(key, async () => filterRows(filter, { model: of, decisions: decisions.all(), didAction, qValue }));
  };
  return {
    filtered,
    ordered: async (of, { filter, sort }) => {
      const rows = await filtered(of, filter);
      const byFeedback = sort.by === 'feedback' ? await feedback(of) : null;
      const key = keyOf(of, filter, sort, versionFor(filter), byFeedback?.runId);
      return sorted(key, async () => orderRows(rows, sort, of, byFeedback));
    },
  };
};
