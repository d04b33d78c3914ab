import { NightjarError } from '../../api/errors.ts';
import type { ReleasedColumn } from '../mechanisms/index.ts';
import { finishRelease, planRelease, releasedBins, type ReleasePlan } from '../plan.ts';
import { parseQuery, totalsOf } from '../query/index.ts';
import { groupsIn } from './check-groups.ts';
import { lossOfBudget } from './loss-of-budget.ts';
import type { ReleaseBody } from './shape.ts';

/**
 * Whether every statistic has a noised integer per group and every value lies in its interval; and, for measures whose
 * values follow from the noised integers (all but quantiles and top), whether value and interval are what they lead to.
 */
export const checkNumbers = (release: ReleaseBody): readonly string[] => {
  const faults: string[] = [];
  const groups = groupsIn(release);
  for (const { name, value, low, high } of release.columns) {
    const isOutside = value.some((x, i) => x !== null && (x < (low[i] ?? x) || x > (high[i] ?? x)));
    if (isOutside) faults.push(`A value of ${JSON.stringify(name)} lies outside its interval.`);
  }
  if (release.noised.some((integers) => integers.length !== groups)) {
    return [...faults, 'A statistic does not have one noised integer per group.'];
  }
  return [...faults, ...recomputed(release)];
};

/** The columns are made anew of the noised integers, but for a measure whose values do not follow from them. */
const recomputed = (release: ReleaseBody): readonly string[] => {
  const plan = planIn(release);
  if (plan === undefined) return [];
  if (release.noised.length !== listsOf(plan)) return ['A statistic has no noised integers, or more than one list.'];
  const columns = finishRelease(
    plan,
    release.noised.map((integers) => Float64Array.from(integers)),
  );
  return columns === undefined ? [] : differences(columns, release.columns);
};

/** Undefined for a query that cannot be planned, which is reported with the mechanisms. */
const planIn = ({ query, epsilon, delta }: ReleaseBody): ReleasePlan | undefined => {
  try {
    return planRelease(parseQuery(query), lossOfBudget(epsilon, delta));
  } catch (error) {
    if (error instanceof NightjarError) return undefined;
    throw error;
  }
};

/** Lists of noised integers: one per quantile or bin of a search, one for all levels of a hierarchy, one per statistic. */
const listsOf = (plan: ReleasePlan): number => {
  const { measure } = plan.query;
  if (measure.kind === 'quantiles') return measure.probabilities.length;
  const bins = releasedBins(plan, []);
  if (bins !== undefined) return bins.length;
  return totalsOf(plan.query) === undefined ? plan.statistics.length : 1;
};

const differences = (own: readonly ReleasedColumn[], written: ReleaseBody['columns']): readonly string[] => {
  if (own.length !== written.length) return ['There are more columns, or fewer, than the noised integers lead to.'];
  return written.flatMap((column, at) => {
    const made = own[at];
    const isRight =
      made?.name === column.name &&
      isSame(made.value, column.value) &&
      isSame(made.low, column.low) &&
      isSame(made.high, column.high);
    return isRight
      ? []
      : [`A value or interval of ${JSON.stringify(column.name)} does not follow from its noised integer.`];
  });
};

/** A file has null where there is no number. */
const isSame = (computed: Float64Array, written: readonly (number | null)[]): boolean =>
  computed.length === written.length &&
  computed.every((x, i) => (Number.isFinite(x) ? written[i] === x : written[i] === null));
