import { NightjarError } from '../../api/errors.ts';
import { rational } from '../../math/rational.ts';
import type { Statistic } from '../mechanisms/additive.ts';
import { ACTORS, EVENTS } from '../mechanisms/count.ts';
import { gridOf, unitOf } from '../mechanisms/grid.ts';
import type { Mechanism, MechanismTask, NoisedStatistic, ReleasedColumn } from '../mechanisms/mechanism.ts';
import { sumStatistic } from '../mechanisms/sum.ts';
import { totalsOf } from '../query/index.ts';
import type { ReleaseQuery } from '../schema.ts';
import { planHierarchy, type HierarchyPlan } from './plan-hierarchy.ts';
import { drawHierarchy, finishHierarchy } from './run-hierarchy.ts';
import { sumTree } from './tree.ts';

/**
 * Counts and sums of declared groups with their totals: every level is noised by itself with its share of the loss, and the
 * numbers are then moved so that they add up, which is post-processing. One array of noised integers holds all groups, totals
 * first; the privacy map is that of `planHierarchy`.
 */
export const totalsMechanism: Mechanism = {
  measure: 'sum',
  keys: 'known',
  plan: (task) => {
    const { plan, statistic } = planned(task);
    return {
      statistics: statisticsOf(plan, statistic),
      events: plan.events,
      statements: [
        'Every declared group is released, also where nothing falls into it, and every total.',
        'Groups and totals are noised level by level, each with its share of the cost; then they are moved, as little as their noise allows, to whole steps that add up.',
        'A number may be below zero; it is released as it is.',
        'An interval covers the number after contribution bounding, rounding and clamping; it does not add up with others.',
      ],
    };
  },
  run: (task, rows, source) => {
    const { plan, statistic, totals } = planned(task);
    const noised = [drawHierarchy(plan, statistic.sums(rows).subarray(totals), source)];
    return { groups: undefined, columns: finished(task, noised), noised };
  },
  lists: () => 1,
  finish: (task, noised) => finished(task, noised),
};

const finished = (task: MechanismTask, [noised]: readonly Float64Array[]): readonly ReleasedColumn[] => {
  const { query } = task;
  const { plan, statistic } = planned(task);
  const whole = finishHierarchy(plan, noised ?? new Float64Array(0), { level: query.level, nonNegative: false });
  const unit = query.bounds.grid === undefined ? (x: number): number => x : unitOf(gridOf(query));
  const { value, low, high } = whole;
  return [{ name: statistic.name, value: value.map(unit), low: low.map(unit), high: high.map(unit) }];
};

type Planned = { readonly plan: HierarchyPlan; readonly statistic: Statistic; readonly totals: number };

const planned = ({ query, groups, loss }: MechanismTask): Planned => {
  const asked = totalsOf(query);
  if (asked === undefined || groups === undefined) {
    throw new NightjarError('internal', 'The query asks for no totals.');
  }
  const { levels, shares } = asked;
  const totals = levels.reduce((sum, { labels }) => sum + labels.length, 1);
  const tree = sumTree(
    groups - totals,
    levels.map(({ groupOf }) => groupOf),
  );
  const statistic = statisticOf(query);
  const { groupsPerActor, rowsPerGroup } = query.bounds;
  const plan = planHierarchy({
    tree,
    leavesPerActor: Math.min(groupsPerActor, groups - totals),
    perLeaf: statistic.per === 'actor' ? statistic.most : statistic.most * rowsPerGroup,
    loss,
    shares: shares.toReversed(),
  });
  return { plan, statistic, totals };
};

const statisticOf = (query: ReleaseQuery): Statistic => {
  const { measure } = query;
  if (measure.kind === 'sum') return sumStatistic(query);
  return measure.kind === 'count' && measure.of === 'actors' ? ACTORS : EVENTS;
};

const statisticsOf = ({ task, noise }: HierarchyPlan, { name, meaning }: Statistic): readonly NoisedStatistic[] =>
  noise.flatMap((each, level) => {
    if (each === undefined) return [];
    const { tree, leavesPerActor, perLeaf } = task;
    const nodes = (tree.levelStart[level + 1] ?? 0) - (tree.levelStart[level] ?? 0);
    const together = Math.min(leavesPerActor, tree.leavesPerNode[level] ?? 1);
    const reach = { coordinates: Math.min(leavesPerActor, nodes), sensitivity: rational(together * perLeaf) };
    const where = level === noise.length - 1 ? 'the groups themselves' : `totals of ${nodes}`;
    return [{ name: `${name}, level ${level + 1}`, meaning: `${meaning} Noised for ${where}.`, reach, noise: each }];
  });
