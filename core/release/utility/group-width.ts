import type { NoisedStatistic } from '../mechanisms/index.ts';
import { prepare, type ReleasePlan } from '../plan.ts';

/**
 * Half the width of the interval that a release gives to a group of this size, in the unit of the measure: the mechanism's own
 * finish, on noised numbers of a group whose mean and variance lie in the middle of what they can be. Undefined
 * where the measure has no interval, or the width takes a size. With totals, the widest of all groups. No data is read.
 */
export const groupWidth = (
  { query, cost }: Pick<ReleasePlan, 'query' | 'cost'>,
  size: number | undefined,
): number | undefined => {
  const { mechanism, task, plan } = prepare(query, cost);
  const noised = supposed(plan, size);
  const columns = noised === undefined ? undefined : mechanism.finish(task, noised);
  const column = columns?.find(({ low }) => !Number.isNaN(low[0]));
  if (column === undefined) return undefined;
  return column.high.reduce((most, high, g) => Math.max(most, (high - (column.low[g] ?? high)) / 2), 0);
};

/** The noised numbers of one group; of all groups where they have totals; one per bin where bounds are looked for. */
const supposed = (
  { query, groups, statistics }: ReleasePlan,
  size: number | undefined,
): readonly Float64Array[] | undefined => {
  const one = (x: number): Float64Array => Float64Array.of(x);
  switch (query.measure.kind) {
    case 'count':
      if (statistics.length > 1) return [new Float64Array(groups ?? 0)];
      return [one(shownSize(statistics[0]?.noise, size))];
    case 'sum':
      return [statistics.length > 1 ? new Float64Array(groups ?? 0) : one(0)];
    case 'mean':
      return size === undefined ? undefined : [one(0), one(size)];
    case 'variance':
      return size === undefined ? undefined : [one(0), one(0), one(size)];
    case 'bounds':
    case 'contributions':
    case 'quantiles':
    case 'top':
      return undefined;
  }
};

/** A count of unknown keys is shown above its bound only, and has a wider interval the larger it is. */
const shownSize = (noise: NoisedStatistic['noise'] | undefined, size: number | undefined): number => {
  if (noise?.kind !== 'truncated-laplace') return size ?? 0;
  return Math.max(noise.bound + 1, size ?? 4 * noise.bound);
};
