import { multiplyRational, rational, type Rational } from '../math/rational.ts';
import type { LossEvent, PrivacyLoss } from './accounting/index.ts';
import { binsOf, type ReleasedBin } from './auto-bounds/index.ts';
import { totalsMechanism } from './hierarchy/index.ts';
import {
  mechanismFor,
  requireDrawable,
  type Mechanism,
  type MechanismTask,
  type NoisedStatistic,
  type ReleasedColumn,
} from './mechanisms/index.ts';
import { countGroups, totalsOf } from './query/index.ts';
import type { ReleaseQuery } from './schema.ts';
import { planSelection, selectionLoss, type SelectionPlan } from './selection/index.ts';

/** Everything about a release that can be said before it: made of the query and the cost, without any data. */
export type ReleasePlan = {
  readonly query: ReleaseQuery;
  /** What was asked to be spent; the events cost at most this. */
  readonly cost: PrivacyLoss;
  /** Groups that will be released; undefined where keys are unknown. */
  readonly groups: number | undefined;
  /** How unknown keys are chosen, where the mechanism does not choose them itself. */
  readonly selection: SelectionPlan | undefined;
  readonly statistics: readonly NoisedStatistic[];
  readonly events: readonly LossEvent[];
  /** What the reviewer must know, as plain sentences. */
  readonly statements: readonly string[];
};

/**
 * Plans a release: mechanisms, noise, cost and what they mean, from public numbers alone. The cost is split over
 * everything that draws noise; each event of the plan has its share. Errors: `usage`.
 */
export const planRelease = (query: ReleaseQuery, cost: PrivacyLoss): ReleasePlan => prepare(query, cost).plan;

/**
 * The columns of a release as they follow from its noised integers, computed anew for whoever checks one without the data, and
 * why there cannot be such integers. Errors: `usage`.
 */
export const finishRelease = (
  { query, cost }: Pick<ReleasePlan, 'query' | 'cost'>,
  noised: readonly Float64Array[],
): { readonly columns: readonly ReleasedColumn[]; readonly faults: readonly string[] } => {
  const { mechanism, task } = prepare(query, cost);
  return { columns: mechanism.finish(task, noised), faults: mechanism.faultsOf?.(task, noised) ?? [] };
};

/** How many lists of noised integers a release holds. Errors: `usage`. */
export const listsOfNoised = ({ query, cost }: Pick<ReleasePlan, 'query' | 'cost'>): number => {
  const { mechanism, task, plan } = prepare(query, cost);
  return mechanism.lists?.(task) ?? plan.statistics.length;
};

/**
 * The noised bins of a released search for bounds, in cells of its grid (`findBounds`) or in rows (`findContributions`), for
 * `expectedErrorOf`; undefined for any other release. Errors: `usage`.
 */
export const releasedBins = (
  { query, cost }: Pick<ReleasePlan, 'query' | 'cost'>,
  noised: readonly Float64Array[],
): readonly ReleasedBin[] | undefined => {
  const { kind } = query.measure;
  return kind === 'bounds' || kind === 'contributions' ? binsOf(prepare(query, cost).task, noised) : undefined;
};

export type Prepared = { readonly plan: ReleasePlan; readonly mechanism: Mechanism; readonly task: MechanismTask };

/** The plan with what carries it out. */
export const prepare = (query: ReleaseQuery, cost: PrivacyLoss): Prepared => {
  const prepared = prepareParts(query, cost);
  requireDrawable(prepared.plan.events);
  return prepared;
};

const prepareParts = (query: ReleaseQuery, cost: PrivacyLoss): Prepared => {
  const groups = countGroups(query.by);
  const mechanism =
    totalsOf(query) === undefined
      ? mechanismFor(query.measure.kind, groups === undefined ? 'unknown' : 'known')
      : totalsMechanism;
  if (groups !== undefined || mechanism.keys === 'unknown') {
    const task = { query, groups, loss: cost };
    const planned = mechanism.plan(task);
    const statements = [...COMMON, ...planned.statements];
    return { plan: { query, cost, groups, selection: undefined, ...planned, statements }, mechanism, task };
  }
  return afterSelection(query, cost, mechanism);
};

/**
 * Half of ε chooses the keys, half measures them. Where Laplace noise measures, the keys have all of δ; where Gaussian noise
 * does, because the declared bounds make it narrower, each has half.
 */
const afterSelection = (query: ReleaseQuery, cost: PrivacyLoss, mechanism: Mechanism): Prepared => {
  const whole = selectionLoss(cost);
  const half = { epsilon: halved(whole.epsilon), delta: halved(whole.delta) };
  const task: MechanismTask = { query, groups: undefined, loss: { kind: 'approximate', ...half } };
  const planned = mechanism.plan(task);
  const isPure = planned.events.every(({ kind }) => kind === 'discrete-laplace' || kind === 'pure');
  const { groupsPerActor } = query.bounds;
  const selection = planSelection(groupsPerActor, isPure ? { ...half, delta: whole.delta } : half);
  const plan = {
    query,
    cost,
    groups: undefined,
    selection,
    statistics: planned.statistics,
    events: [selection.event, ...planned.events],
    statements: [
      ...COMMON,
      'Keys are read from the data: a group is shown when its noised number of actors is above the threshold, and is absent else.',
      isPure
        ? 'Choosing keys has half of epsilon and all of delta, measuring them the other half of epsilon.'
        : 'Choosing keys has half of epsilon and of delta, measuring them the other halves.',
      ...planned.statements.filter((each) => !each.startsWith('Every declared group')),
    ],
  };
  return { plan, mechanism, task };
};

const halved = (a: Rational): Rational => multiplyRational(a, rational(1, 2));

const COMMON: readonly string[] = [
  'The unit of privacy is the actor: the promise holds for everything one actor did.',
  'Rows without an actor, without a key of the query or without the measured value are left out, each by its own values.',
  'What an actor has beyond the bounds is left out by a random choice, which makes counts and sums smaller than they are.',
  'An interval holds at its level for each number by itself, not for all of them at once.',
];
