import { NightjarError } from '../../api/errors.ts';
import type { ReleasedColumn } from '../mechanisms/index.ts';
import { finishRelease, listsOfNoised, planRelease, type ReleasePlan } from '../plan.ts';
import { parseQuery } from '../query/index.ts';
import { groupsIn } from './check-groups.ts';
import { lossOfBudget } from './loss-of-budget.ts';
import type { ReleaseBody, ReleaseFile } from './shape.ts';

/** What is wrong with the numbers of a file, and what it says too little of to be checked. */
export type NumbersChecked = { readonly faults: readonly string[]; readonly gaps: readonly string[] };

/**
 * Whether every statistic has a noised integer per group, every value lies in its interval, and all values and intervals are
 * what the noised integers lead to: they are made anew, which needs no data.
 */
export const checkNumbers = ({ version, release }: Pick<ReleaseFile, 'version' | 'release'>): NumbersChecked => {
  const faults: string[] = [];
  const groups = groupsIn(release);
  for (const { name, value, low, high } of release.columns) {
    const isOutside = value.some((x, i) => x !== null && (x < (low[i] ?? x) || x > (high[i] ?? x)));
    if (isOutside) faults.push(`A value of ${JSON.stringify(name)} lies outside its interval.`);
  }
  if (release.noised.some((integers) => integers.length !== groups)) {
    return { faults: [...faults, 'A statistic does not have one noised integer per group.'], gaps: [] };
  }
  const recomputed = recompute(release, version);
  return { ...recomputed, faults: [...faults, ...recomputed.faults] };
};

/** The columns are made anew of the noised integers. */
const recompute = (release: ReleaseBody, version: ReleaseFile['version']): NumbersChecked => {
  const plan = planIn(release);
  if (plan === undefined) return { faults: [], gaps: [] };
  const lacks = version === 1 && lacksRanks(plan);
  if (release.noised.length !== listsOfNoised(plan) - (lacks ? 1 : 0)) {
    return { faults: ['A statistic has no noised integers, or more than one list.'], gaps: [] };
  }
  const noised = release.noised.map((integers) => Float64Array.from(integers));
  const ranks = release.columns.find(({ name }) => name === 'rank')?.value ?? [];
  const made = finishRelease(plan, lacks ? [...noised, Float64Array.from(ranks, (x) => x ?? Number.NaN)] : noised);
  return {
    faults: [...made.faults, ...differences(made.columns, release.columns)],
    gaps: lacks
      ? [
          'The ranks are taken as they are written: a file of version 1 does not hold the choices that they follow from.',
        ]
      : [],
  };
};

/** Keys that were chosen one after the other: version 1 wrote their order into the column of ranks only. */
const lacksRanks = (plan: ReleasePlan): boolean => plan.query.measure.kind === 'top' && listsOfNoised(plan) === 2;

/** Undefined for a query that cannot be planned, which is reported with the mechanisms. */
const planIn = ({ query, epsilon, delta }: ReleaseBody): ReleasePlan | undefined => {
  try {
    return planRelease(parseQuery(query), lossOfBudget(epsilon, delta));
  } catch (error) {
    if (error instanceof NightjarError) return undefined;
    throw error;
  }
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
