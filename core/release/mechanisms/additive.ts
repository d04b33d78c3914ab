import { rational } from '../../math/rational.ts';
import type { Reach } from '../accounting/index.ts';
import type { BoundedRows } from '../bounding/index.ts';
import { wrongQuery } from '../query/index.ts';
import type { MeasureKind, ReleaseQuery } from '../schema.ts';
import type { Mechanism, MechanismTask, NoisedStatistic, ReleasedColumn } from './mechanism.ts';
import { chooseNoises, drawNoise, eventOf, widthAt } from './noise.ts';
import { withNoise } from './with-noise.ts';

/** A sum per group that one row of an actor, or one actor, can move by a bounded whole number. */
export type Statistic = {
  readonly name: string;
  readonly meaning: string;
  /** The most that one row, or one actor where `per` says so, adds or takes in one group. */
  readonly most: number;
  readonly per: 'row' | 'actor';
  /** The true sums; they stay inside the mechanism. */
  readonly sums: (rows: BoundedRows) => Float64Array;
};

/** A noised statistic of the groups, and how far it is from the truth at most at its share of the level. */
export type NoisedSums = { readonly values: Float64Array; readonly width: number };

export type Additive = {
  readonly measure: MeasureKind;
  /** The statistics a query needs. Errors: `usage`. */
  readonly statistics: (query: ReleaseQuery) => readonly Statistic[];
  readonly statements: (query: ReleaseQuery) => readonly string[];
  /** Makes the released numbers of noised ones: post-processing, which costs nothing (Dwork & Roth 2014, proposition 2.1). */
  readonly finish: (query: ReleaseQuery, noised: readonly NoisedSums[]) => ReleasedColumn;
};

/**
 * A mechanism that adds noise to sums.
 *
 * Definition: for every group g and statistic j it releases S_j(g) + X, with X integer noise drawn independently.
 * Privacy map: of one actor at most L0 = min(groupsPerActor, groups) groups are kept, and in each the statistic moves by
 * L∞ = rowsPerGroup · most at most (by `most` where it is per actor); Δ₁ = L0 · L∞, Δ₂² = L0 · L∞². `chooseNoises` gives
 * every statistic an equal share of the loss, so that all of them together cost what the query costs, not each of them.
 * Level: each of n intervals holds at 1 − (1 − level) / n, all of them together at the level (Bonferroni).
 */
export const additive = (definition: Additive): Mechanism => ({
  measure: definition.measure,
  keys: 'known',
  plan: (task) => {
    const statistics = planned(definition, task);
    return {
      statistics,
      events: statistics.map(({ reach, noise }) => eventOf(reach, noise)),
      statements: definition.statements(task.query),
    };
  },
  run: (task, rows, source) => {
    const noised = planned(definition, task).map(({ noise, statistic }) => {
      const values = drawNoise(noise, rows.groups, source);
      const sums = statistic.sums(rows);
      for (let g = 0; g < values.length; g++) values[g] = withNoise(sums[g]!, values[g]!); // hot: one sum per group
      return values;
    });
    return { groups: undefined, columns: finished(definition, task, noised), noised };
  },
  finish: (task, noised) => finished(definition, task, noised),
});

const finished = (
  definition: Additive,
  task: MechanismTask,
  noised: readonly Float64Array[],
): readonly ReleasedColumn[] => {
  const { query } = task;
  const all = planned(definition, task);
  const level = 1 - (1 - query.level) / all.length;
  const sums = all.map(({ noise }, j) => ({ values: noised[j] ?? new Float64Array(0), width: widthAt(noise, level) }));
  return [definition.finish(query, sums)];
};

const planned = ({ statistics }: Additive, { query, groups, loss }: MechanismTask) => {
  const all = statistics(query);
  const reaches = all.map((statistic) => reachOf(statistic, query, groups));
  return chooseNoises(reaches, loss).map((noise, i) => {
    const statistic = all[i]!; // one noise per reach
    const { name, meaning } = statistic;
    return { name, meaning, reach: reaches[i]!, noise, statistic } satisfies NoisedStatistic & { statistic: Statistic };
  });
};

const reachOf = ({ most, per }: Statistic, { bounds }: ReleaseQuery, groups: number | undefined): Reach => {
  const sensitivity = per === 'row' ? most * bounds.rowsPerGroup : most;
  if (!Number.isSafeInteger(sensitivity)) {
    throw wrongQuery('bounds', 'One actor may contribute more than can be added exactly.', 'Choose a larger step.');
  }
  return {
    coordinates: Math.min(bounds.groupsPerActor, groups ?? bounds.groupsPerActor),
    sensitivity: rational(sensitivity),
  };
};

/** value ± width, in units of `unit`. */
export const plusMinus = (
  name: string,
  { values, width }: NoisedSums,
  unit = (x: number): number => x,
): ReleasedColumn => ({
  name,
  value: values.map(unit),
  low: values.map((x) => unit(x - width)),
  high: values.map((x) => unit(x + width)),
});
