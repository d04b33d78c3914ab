import { toNumber } from '../../math/rational.ts';
import type { Noise } from '../accounting/index.ts';
import type { ReleasedBin } from '../auto-bounds/index.ts';
import { centreOf, gridOf, unitOf } from '../mechanisms/grid.ts';
import type { NoisedStatistic } from '../mechanisms/index.ts';
import { planRelease, type ReleasePlan } from '../plan.ts';
import { groupIsShown } from '../selection/index.ts';
import { expectedError, type ErrorPart } from './expected-error.ts';
import { groupWidth } from './group-width.ts';
import { expectedAbsoluteNoise } from './noise-error.ts';

/** What an expected error may be made of: nothing else is public. */
export type PublicNumbers = {
  /** Bins of a release of `findContributions`: see `releasedBins`. */
  readonly rowsReleased?: readonly ReleasedBin[] | undefined;
  /** Bins of a release of `findBounds` on the measured column, with the same step as the query's. */
  readonly valuesReleased?: readonly ReleasedBin[] | undefined;
  /** Size of a group that the question is about (rows, or actors): an assumption, never read from the data. */
  readonly groupSize?: number | undefined;
};

export type QueryError = {
  /** Of noise on one released number, in the unit of the measure. Of means and variances to first order in noise / size. */
  readonly noise: ErrorPart;
  /** Half the width of the released interval, in the unit of the measure. Undefined where it takes `groupSize`, or there is none. */
  readonly halfWidth: number | undefined;
  /** Rows left out of all groups together, because actors go beyond the bounds. */
  readonly contributionBounds: ErrorPart;
  /** What is cut off at the bounds of the value, of all values together, in its unit. */
  readonly clamping: ErrorPart;
  /** Of a group of `groupSize` that may not be shown: its size times the probability of that. */
  readonly droppedKeys: ErrorPart;
};

/**
 * The expected absolute error of a release with its parts, before it is paid for: from the query, its cost, and numbers that
 * are public or released already. A part that these do not tell is said to be unknown, with what it takes. No data is
 * read. Errors: those of `planRelease`.
 */
export const expectedErrorOf = (
  { query, cost }: Pick<ReleasePlan, 'query' | 'cost'>,
  numbers: PublicNumbers = {},
): QueryError => {
  const plan = planRelease(query, cost);
  const { rowsPerGroup, groupsPerActor, grid } = query.bounds;
  const [first] = plan.statistics;
  const unit = grid === undefined || query.measure.kind === 'bounds' ? 1 : toNumber(grid.step);
  const noise = first === undefined ? undefined : likeNoise(first.noise);
  const countsActors = 'of' in query.measure && query.measure.of === 'actors';
  const parts = expectedError({
    noise: noise ?? NONE,
    level: query.level,
    rowsPerActor: query.source === 'actors' || countsActors ? undefined : groupsPerActor * rowsPerGroup,
    rowsSurelyKept: query.by.length === 0 ? rowsPerGroup : Math.min(groupsPerActor, rowsPerGroup),
    rowsReleased: numbers.rowsReleased,
    value: grid === undefined ? undefined : { low: grid.lowCells, high: grid.highCells },
    valuesReleased: numbers.valuesReleased,
    threshold: undefined,
    groupSize: numbers.groupSize,
  });
  const leavesActorsOut = countsActors && query.by.length > 0 && query.source === 'events';
  return {
    noise: noisePart(plan, numbers.groupSize),
    halfWidth: groupWidth(plan, numbers.groupSize),
    contributionBounds: leavesActorsOut
      ? { known: false, needs: 'a released histogram of groups per actor' }
      : parts.contributionBounds,
    clamping: inUnit(parts.clamping, unit),
    droppedKeys: droppedPart(plan, numbers.groupSize),
  };
};

const NONE: Noise = { kind: 'discrete-laplace', scale: { numerator: 1n, denominator: 1n } };

/** Truncated noise is discrete Laplace given that it is small: the mean of the latter bounds its own. */
const likeNoise = (noise: NoisedStatistic['noise']): Noise =>
  noise.kind === 'truncated-laplace' ? { kind: 'discrete-laplace', scale: noise.scale } : noise;

const noisePart = ({ query, statistics }: ReleasePlan, size: number | undefined): ErrorPart => {
  const means = statistics.map(({ noise }) => expectedAbsoluteNoise(likeNoise(noise)));
  const [first] = means;
  const { kind } = query.measure;
  if (first === undefined) return { known: false, needs: 'the data: this measure is chosen, not noised' };
  if (kind !== 'mean' && kind !== 'variance') {
    // with totals, the last level is that of the groups themselves; adding up makes its noise no larger
    const of = (means.at(-1) ?? first) * (kind === 'sum' ? unitOf(gridOf(query))(1) : 1);
    return { known: true, from: means.length > 1 ? 0 : of, to: of, basis: 'public' };
  }
  if (size === undefined) return { known: false, needs: 'the size of the groups you care about' };
  const grid = gridOf(query);
  const { reach } = centreOf(grid);
  const [, second = 0, third = 0] = means;
  const most = kind === 'mean' ? first + reach * second : first + 2 * reach * second + reach ** 2 * third;
  const unit = unitOf(grid, kind === 'mean' ? 1 : 2);
  return { known: true, from: 0, to: unit(most / size), basis: 'assumed' };
};

const inUnit = (part: ErrorPart, unit: number): ErrorPart =>
  part.known ? { ...part, from: part.from * unit, to: part.to * unit } : part;

const droppedPart = ({ selection, statistics }: ReleasePlan, size: number | undefined): ErrorPart => {
  const noise = selection?.noise ?? statistics[0]?.noise;
  if (noise?.kind !== 'truncated-laplace') return { known: true, from: 0, to: 0, basis: 'public' };
  if (size === undefined) return { known: false, needs: 'the size of the groups you care about' };
  const dropped = size * (1 - groupIsShown(noise, size));
  return { known: true, from: dropped, to: dropped, basis: 'assumed' };
};
