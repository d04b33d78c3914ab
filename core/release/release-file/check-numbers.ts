import { NightjarError } from '../../api/errors.ts';
import { finishRelease, planRelease } from '../plan.ts';
import { parseQuery } from '../query/index.ts';
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

const recomputed = (release: ReleaseBody): readonly string[] => {
  const columns = columnsOf(release);
  if (columns === undefined) return [];
  return release.columns.flatMap((column, at) => {
    const own = columns[at];
    const isRight =
      own?.name === column.name &&
      isSame(own.value, column.value) &&
      isSame(own.low, column.low) &&
      isSame(own.high, column.high);
    return isRight
      ? []
      : [`A value or interval of ${JSON.stringify(column.name)} does not follow from its noised integer.`];
  });
};

const columnsOf = (release: ReleaseBody): ReturnType<typeof finishRelease> => {
  try {
    const plan = planRelease(parseQuery(release.query), lossOfBudget(release.epsilon, release.delta));
    if (release.noised.length !== plan.statistics.length) return undefined; // told apart from the plan elsewhere
    return finishRelease(
      plan,
      release.noised.map((integers) => Float64Array.from(integers)),
    );
  } catch (error) {
    if (error instanceof NightjarError) return undefined; // a query that cannot be read is reported with the mechanisms
    throw error;
  }
};

/** A file has null where there is no number. */
const isSame = (computed: Float64Array, written: readonly (number | null)[]): boolean =>
  computed.length === written.length &&
  computed.every((x, i) => (Number.isFinite(x) ? written[i] === x : written[i] === null));
