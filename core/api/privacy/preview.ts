import { formatRational, toNumber } from '../../math/rational.ts';
import { halfWidth, odometer, withinLimit, type Noise } from '../../release/accounting/index.ts';
import { TIME_WIDTH_US } from '../../release/query/index.ts';
import type { Dimension, ReleasePlan, ReleaseQuery } from '../../release/index.ts';
import type { JsonValue } from '../../release/keys/index.ts';
import { expectedAbsoluteNoise } from '../../release/utility/index.ts';
import type { ReleasePlanData } from '../contract/privacy.ts';
import { NightjarError } from '../errors.ts';
import { planOf } from '../release/index.ts';
import { amountOf, sumOfLosses } from './amount.ts';
import type { LedgerState } from '../release/ledger-state.ts';
import { spentLosses } from '../release/ledger-state.ts';
import { readDelta, readPositive } from '../release/settings.ts';

type Budgeted = { readonly query: JsonValue; readonly epsilon: string; readonly delta: string };

/**
 * What a release would show and cost, and how wide its noise would be: from the query, the cost and the ledger alone. No
 * row is read, so nothing here can tell anything of one. Errors: `usage`.
 */
export const previewRelease = (asked: Budgeted, state: LedgerState): ReleasePlanData => {
  const plan = planAt(asked);
  const { query, selection } = plan;
  const { step, unit } = unitOf(query);
  const before = odometer(spentLosses(state));
  const after = odometer(plan.events, before);
  const { limit } = state;
  return {
    groups: plan.groups ?? null,
    keys: query.by.map(({ column }) => column),
    preview: firstGroups(query.by),
    level: query.level,
    statistics: plan.statistics.map(({ name, meaning, reach, noise }) => ({
      name,
      meaning,
      coordinates: reach.coordinates,
      sensitivity: formatRational(reach.sensitivity),
      noise: noiseWords(noise),
      halfWidth: widthOf(noise, shareOfLevel(plan)),
      expected: expectedAbsoluteNoise(likeNoise(noise)),
    })),
    threshold: selection?.noise.bound ?? boundOf(plan),
    statements: [...plan.statements],
    unknown: unknownParts(query, plan),
    curve: curveOf(asked),
    step,
    unit,
    cost: sumOfLosses(plan.events),
    budget: {
      spent: amountOf(before),
      after: amountOf(after),
      limit:
        limit === undefined
          ? null
          : {
              epsilon: formatRational(limit.epsilon),
              delta: formatRational(limit.delta),
              conversionDelta: formatRational(limit.conversionDelta),
            },
      fits: limit !== undefined && withinLimit(limit, after),
    },
  };
};

/**
 * The smallest ε in thousandths up to 100 whose noise, by the plan itself, is at most ± `within` in the unit of the
 * measure at the query's level. A larger ε never widens the noise, which bisection rests on. Errors: `usage` where none does, or the measure's
 * error is no width of noise.
 */
export const solveForWidth = (
  asked: Omit<Budgeted, 'epsilon'>,
  within: number,
): { readonly epsilon: string; readonly halfWidth: number } => {
  const at = (thousandths: number): number => {
    const width = widthAtEpsilon({ ...asked, epsilon: decimalOf(thousandths) });
    if (width === undefined) {
      const next = 'Choose an epsilon and look at what it means in the statements.';
      throw new NightjarError('usage', 'The error of this measure is no width of noise.', { where: 'query', next });
    }
    return width;
  };
  let [low, high] = [0, MOST_THOUSANDTHS];
  if (at(high) > within) {
    const next = 'Ask for less accuracy, larger groups, or tighter bounds.';
    throw new NightjarError('usage', 'No epsilon up to 100 gives this accuracy.', { where: 'accuracy', next });
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (at(middle) <= within) high = middle;
    else low = middle;
  }
  return { epsilon: decimalOf(high), halfWidth: at(high) };
};

const MOST_THOUSANDTHS = 100_000;
const decimalOf = (thousandths: number): string =>
  `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`.replace(/\.?0+$/u, '') || '0';

const planAt = ({ query, epsilon, delta }: Budgeted): ReleasePlan =>
  planOf({ query, epsilon: readPositive('epsilon', epsilon), delta: readDelta('delta', delta) });

/** Half the width of the first statistic's noise, in the unit of the measure; undefined where it has none. */
const widthAtEpsilon = (asked: Budgeted): number | undefined => {
  const plan = planAt(asked);
  const [first] = plan.statistics;
  return first === undefined ? undefined : widthOf(first.noise, shareOfLevel(plan)) * unitOf(plan.query).step;
};

/** Intervals of n statistics hold together at the level: each at its share (Bonferroni), as the mechanisms make them. */
const shareOfLevel = ({ query, statistics }: ReleasePlan): number => (1 - query.level) / Math.max(1, statistics.length);

type AnyNoise = ReleasePlan['statistics'][number]['noise'];

/** Truncated noise is discrete Laplace given that it is small, so that the width and the mean of the latter bound its own. */
const likeNoise = (noise: AnyNoise): Noise =>
  noise.kind === 'truncated-laplace' ? { kind: 'discrete-laplace', scale: noise.scale } : noise;

const widthOf = (noise: AnyNoise, alpha: number): number => {
  const width = halfWidth(likeNoise(noise), alpha);
  return noise.kind === 'truncated-laplace' ? Math.min(width, noise.bound) : width;
};

const boundOf = ({ statistics }: ReleasePlan): number | null => {
  const noise = statistics[0]?.noise;
  return noise?.kind === 'truncated-laplace' ? noise.bound : null;
};

const noiseWords = (noise: AnyNoise): string => {
  switch (noise.kind) {
    case 'discrete-laplace':
      return `discrete Laplace, scale ${short(toNumber(noise.scale))}`;
    case 'discrete-gaussian':
      return `discrete Gaussian, σ ${short(Math.sqrt(toNumber(noise.sigmaSquared)))}`;
    case 'truncated-laplace':
      return `truncated discrete Laplace, scale ${short(toNumber(noise.scale))}, at most ±${noise.bound}`;
  }
};

const short = (x: number): string => String(Number(x.toPrecision(4)));

/** A step of the first statistic in words: rows, actors, or a cell of the grid. */
const unitOf = ({ measure, bounds }: ReleaseQuery): { readonly step: number; readonly unit: string } => {
  if (measure.kind === 'count' || measure.kind === 'top') return { step: 1, unit: measure.of };
  const step = bounds.grid === undefined ? 1 : toNumber(bounds.grid.step);
  return measure.kind === 'sum' ? { step, unit: `of ${measure.column}` } : { step: 1, unit: 'steps of the grid' };
};

const CURVE_POINTS = 33;

/** ε from 0.01 to 10, evenly by its logarithm. A budget that the query cannot be planned with has no point. */
const curveOf = (asked: Budgeted): ReleasePlanData['curve'] =>
  Array.from({ length: CURVE_POINTS }, (_, i) => 10 ** (-2 + (3 * i) / (CURVE_POINTS - 1))).flatMap((x) => {
    const epsilon = Number(x.toPrecision(3));
    const halfWidth = widthAtEpsilon({ ...asked, epsilon: String(epsilon) });
    return halfWidth === undefined ? [] : [{ epsilon, halfWidth }];
  });

const unknownParts = ({ bounds, measure, source }: ReleaseQuery, plan: ReleasePlan): string[] => [
  ...(source === 'actors'
    ? []
    : ['How much is left out because actors go beyond the bounds: it takes a released histogram of rows per actor.']),
  ...(bounds.grid === undefined || !('column' in measure)
    ? []
    : ['How much is cut off at the bounds of the value: it takes a released histogram of the values.']),
  ...(plan.groups === undefined ? ['Which groups will be shown, and how many: the mechanism decides with noise.'] : []),
];

const MOST_SHOWN = 200;

/** The first declared groups, in declared order; none where keys are unknown. */
const firstGroups = (by: readonly Dimension[]): string[][] => {
  if (by.some(({ kind }) => kind === 'unknown')) return [];
  let groups: string[][] = [[]];
  for (const dimension of by) {
    const labels = labelsOf(dimension);
    groups = groups.flatMap((group) => labels.map((label) => [...group, label])).slice(0, MOST_SHOWN);
  }
  return groups;
};

const labelsOf = (dimension: Dimension): readonly string[] => {
  switch (dimension.kind) {
    case 'unknown':
      return [];
    case 'keys':
      return dimension.keys.slice(0, MOST_SHOWN);
    case 'bins':
      return dimension.edges.slice(1, MOST_SHOWN + 1).map((edge, i) => `[${dimension.edges[i] ?? ''}, ${edge})`);
    case 'time': {
      const width = TIME_WIDTH_US[dimension.every];
      const bins = Math.min(MOST_SHOWN, (dimension.toUs - dimension.fromUs) / width);
      const end = dimension.every === 'hour' ? 16 : 10;
      return Array.from({ length: bins }, (_, i) =>
        new Date((dimension.fromUs + i * width) / 1000).toISOString().slice(0, end).replace('T', ' '),
      );
    }
  }
};
