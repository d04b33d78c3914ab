import { NightjarError } from '../api/errors.ts';
import type { NoiseSource } from '../random/noise-source.ts';
import { boundContributions, codeGroups, keepGroups, type BoundedRows, type CodedGroups } from './bounding/index.ts';
import type { MechanismResult, ReleasedColumn } from './mechanisms/index.ts';
import { prepare, type Prepared, type ReleasePlan } from './plan.ts';
import type { ReleaseRows } from './schema.ts';
import { selectGroups } from './selection/index.ts';

/** The keys of released groups in one dimension: that of group i is `labels[index[i]]`. */
export type ReleasedDimension = {
  readonly column: string;
  readonly labels: readonly string[];
  readonly index: Uint32Array;
};

/** Released numbers, one per group: all that may leave. */
export type Release = {
  readonly plan: ReleasePlan;
  readonly groups: number;
  readonly dimensions: readonly ReleasedDimension[];
  readonly columns: readonly ReleasedColumn[];
  /** Noised integers per statistic of the plan, which the columns were made of. */
  readonly noised: readonly Float64Array[];
};

/**
 * Runs a planned release over rows. `debit` must have made the cost durable when it resolves; only then is anything drawn,
 * the choices of contribution bounding included. The plan is made anew from its query and cost, and that one is debited and
 * run, whatever else the given one says. Nothing is retried: an error after the debit leaves it spent. Declared groups come
 * in declared order, others in the order of their keys, so that no order tells anything. Errors: those of `debit`;
 * `internal`, without a value, where the rows do not fit the query.
 */
export const runRelease = async (
  { query, cost }: Pick<ReleasePlan, 'query' | 'cost'>,
  rows: ReleaseRows,
  source: NoiseSource,
  debit: (plan: ReleasePlan) => Promise<void>,
): Promise<Release> => {
  const prepared = prepare(query, cost);
  requireRows(prepared.plan, rows);
  const coded = codeGroups(query.by, rows.keys, rows.actor.length);
  await debit(prepared.plan);
  const { actor, actors, value } = rows;
  const { group, groups } = coded;
  const bounded = boundContributions({ actor, actors, group, groups, value }, query.bounds, source);
  return present(prepared.plan, coded, draw(prepared, bounded, source));
};

const draw = ({ plan, mechanism, task }: Prepared, rows: BoundedRows, source: NoiseSource): MechanismResult => {
  if (plan.selection === undefined) return mechanism.run(task, rows, source);
  const kept = selectGroups(rows, plan.selection, source);
  return { ...mechanism.run(task, keepGroups(rows, kept), source), groups: kept };
};

const requireRows = ({ query }: ReleasePlan, rows: ReleaseRows): void => {
  const isMeasured = query.bounds.grid !== undefined;
  if (isMeasured === (rows.value !== undefined) && rows.keys.length === query.by.length) return;
  throw new NightjarError('internal', 'The rows do not have the columns of the query.');
};

const present = (plan: ReleasePlan, coded: CodedGroups, result: MechanismResult): Release => {
  const groups = result.groups ?? Uint32Array.from({ length: coded.groups }, (_, g) => g);
  const index = plan.query.by.map(() => new Uint32Array(groups.length));
  groups.forEach((group, i) => coded.keysOf(group).forEach((place, d) => (index[d]![i] = place))); // one index per dimension
  const order = plan.groups === undefined ? byLabels(plan, coded, index, groups.length) : undefined;
  const sorted = <A extends Uint32Array | Float64Array>(array: A, make: (length: number) => A): A => {
    if (order === undefined) return array;
    const target = make(array.length);
    order.forEach((from, to) => (target[to] = array[from]!)); // order holds places of array
    return target;
  };
  const numbers = (array: Float64Array): Float64Array => sorted(array, (length) => new Float64Array(length));
  return {
    plan,
    groups: groups.length,
    dimensions: plan.query.by.map(({ column, kind }, d) => {
      const places = sorted(index[d] ?? new Uint32Array(0), (length) => new Uint32Array(length));
      const labels = coded.labels[d] ?? [];
      return { column, ...(kind === 'unknown' ? shownLabels(labels, places) : { labels, index: places }) };
    }),
    columns: result.columns.map(({ name, value, low, high }) => ({
      name,
      value: numbers(value),
      low: numbers(low),
      high: numbers(high),
    })),
    noised: result.noised.map(numbers),
  };
};

/** Keys of unknown dimensions that were not chosen must not leave: only shown ones stay in the list. */
const shownLabels = (labels: readonly string[], places: Uint32Array): Pick<ReleasedDimension, 'labels' | 'index'> => {
  const shown = new Map<number, number>();
  const kept: string[] = [];
  const index = places.map((place) => {
    const known = shown.get(place) ?? kept.push(labels[place] ?? '') - 1;
    shown.set(place, known);
    return known;
  });
  return { labels: kept, index };
};

/** Places of the groups in the order of their keys: declared keys in declared order, unknown ones as texts compare. */
const byLabels = (
  plan: ReleasePlan,
  { labels }: CodedGroups,
  index: readonly Uint32Array[],
  groups: number,
): Uint32Array => {
  const compare = (a: number, b: number): number => {
    for (const [d, { kind }] of plan.query.by.entries()) {
      const [left, right] = [index[d]![a]!, index[d]![b]!]; // both are groups
      if (left === right) continue;
      if (kind !== 'unknown') return left - right;
      return (labels[d]?.[left] ?? '') < (labels[d]?.[right] ?? '') ? -1 : 1;
    }
    return 0;
  };
  return Uint32Array.from({ length: groups }, (_, i) => i).sort(compare);
};
