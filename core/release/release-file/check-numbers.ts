import { NightjarError } from '../../api/errors.ts';
import { parseRational } from '../../math/rational.ts';
import { halfWidth, type Noise } from '../accounting/index.ts';
import { unitOf } from '../mechanisms/grid.ts';
import { parseQuery } from '../query/index.ts';
import { groupsIn } from './check-groups.ts';
import type { ReleaseBody } from './shape.ts';

/**
 * Whether every statistic has a noised integer per group and every value lies in its interval; and, for counts and sums of
 * declared groups, whether value and interval are computed from the noised integer as they should be: value ± the smallest
 * width that holds the noise at the level.
 */
export const checkNumbers = (release: ReleaseBody): readonly string[] => {
  const faults: string[] = [];
  const groups = groupsIn(release);
  if (release.noised.some((integers) => integers.length !== groups)) {
    faults.push('A statistic does not have one noised integer per group.');
  }
  for (const { name, value, low, high } of release.columns) {
    const isOutside = value.some((x, i) => x !== null && (x < (low[i] ?? x) || x > (high[i] ?? x)));
    if (isOutside) faults.push(`A value of ${JSON.stringify(name)} lies outside its interval.`);
  }
  return [...faults, ...recomputed(release)];
};

/** What a value, and the width of its interval, come to in the unit of the column. */
type Ruler = { readonly unit: (integer: number) => number; readonly width: number };

const recomputed = (release: ReleaseBody): readonly string[] => {
  const ruler = rulerOf(release);
  const [column] = release.columns;
  const [integers] = release.noised;
  if (ruler === undefined || column === undefined || integers === undefined) return [];
  const { unit, width } = ruler;
  const isRight = integers.every(
    (x, i) => column.value[i] === unit(x) && column.low[i] === unit(x - width) && column.high[i] === unit(x + width),
  );
  return isRight
    ? []
    : [`A value or interval of ${JSON.stringify(column.name)} does not follow from its noised integer.`];
};

/** Undefined for measures whose values are made otherwise. */
const rulerOf = ({ query: json, statistics, selection, level, columns }: ReleaseBody): Ruler | undefined => {
  const [statistic, ...more] = statistics;
  if (statistic === undefined || more.length > 0 || columns.length !== 1 || selection !== null) return undefined;
  const noise = noiseOf(statistic.noise);
  if (noise === undefined) return undefined;
  try {
    const query = parseQuery(json);
    const { kind } = query.measure;
    if (kind !== 'count' && kind !== 'sum') return undefined;
    const { grid } = query.bounds;
    const unit = kind === 'sum' && grid !== undefined ? unitOf(grid) : (x: number): number => x;
    return { unit, width: halfWidth(noise, 1 - level) };
  } catch (error) {
    if (error instanceof NightjarError) return undefined; // a query that cannot be read is reported with the mechanisms
    throw error;
  }
};

const noiseOf = (noise: ReleaseBody['statistics'][number]['noise']): Noise | undefined => {
  switch (noise.kind) {
    case 'discrete-laplace':
      return { kind: noise.kind, scale: parseRational(noise.scale) };
    case 'discrete-gaussian':
      return { kind: noise.kind, sigmaSquared: parseRational(noise.sigmaSquared) };
    case 'truncated-laplace':
      return undefined;
  }
};
