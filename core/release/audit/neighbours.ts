import type { TruncatedNoise } from '../mechanisms/index.ts';
import type { ReleasePlan } from '../plan.ts';
import type { ReleaseQuery } from '../schema.ts';
import { groupsToFill, type Person } from './made-up-rows.ts';

/** Two data sets that differ in one actor, made to strain one part of the path. */
export type Neighbours = {
  readonly name: string;
  /** What it strains, as one sentence. */
  readonly sentence: string;
  readonly without: readonly Person[];
  readonly withActor: readonly Person[];
};

/**
 * Pairs of made-up neighbouring data sets for a plan. The actor that is there or not there
 * - does exactly what the bounds allow, each value at the end that moves the statistic most: the worst case of noise;
 * - does far more than the bounds allow, in every group, with values far outside: strains bounding;
 * - is alone in its groups, where keys are unknown: strains selection, and what depends on order and on keys being there;
 * - does nothing that counts: strains whatever looks at rows beyond what is released.
 */
export const neighboursOf = (plan: ReleasePlan): readonly Neighbours[] => {
  const { query } = plan;
  const { groupsPerActor, rowsPerGroup } = query.bounds;
  const all = groupsToFill(query);
  const own = Math.min(groupsPerActor, all);
  const value = furthest(query);
  const first = (count: number): number[] => Array.from({ length: Math.min(count, all) }, (_, group) => group);
  const atBounds: Person = first(own).map((group) => ({ group, rows: rowsPerGroup, value }));
  const beyond: Person = first(3 * own + 2).map((group, i) => ({
    group,
    rows: 8 * rowsPerGroup + 3,
    value: i % 2 === 0 ? far(query) : value,
  }));
  const crowdIn = (groups: readonly number[], size: number): Person[] =>
    groups.flatMap((group) => Array.from({ length: size }, (): Person => [{ group, rows: 1, value: nearest(query) }]));
  const always = crowdAlwaysShown(plan);
  const pairs: Neighbours[] = [
    {
      name: 'at the bounds',
      sentence: 'An actor does exactly what the bounds allow, with values at the end of the range.',
      ...pair([KEYLESS, ...crowdIn(first(own), always)], atBounds, 'last'),
    },
    {
      name: 'beyond the bounds',
      sentence: 'An actor does far more than the bounds allow, in more groups, with values far outside the range.',
      ...pair(crowdIn(first(3 * own + 2), Math.max(2, always)), beyond, 'first'),
    },
  ];
  if (plan.groups === undefined) {
    pairs.push({
      name: 'alone with its keys',
      sentence: 'An actor has keys that nobody else has, which come first in order.',
      ...pair(crowdIn([own], always), atBounds, 'first'),
    });
  }
  if (query.by.length > 0 || query.bounds.grid !== undefined) {
    pairs.push({
      name: 'nothing that counts',
      sentence: 'An actor has only rows without a key or without a value: no answer may depend on them.',
      ...pair(crowdIn(first(1), Math.max(2, always)), [{ group: -1, rows: 50, value: Number.NaN }], 'first'),
    });
  }
  return pairs;
};

/** Somebody without a key, so that no data set is empty: an empty log cannot be imported. */
const KEYLESS: Person = [{ group: -1, rows: 1, value: Number.NaN }];

const pair = (crowd: readonly Person[], actor: Person, place: 'first' | 'last') => ({
  without: crowd,
  withActor: place === 'first' ? [actor, ...crowd] : [...crowd, actor],
});

/** The clamped value that moves sums, distances from the middle and ranks most. */
export const furthest = ({ bounds, measure }: ReleaseQuery): number => {
  if (bounds.grid === undefined) return 0;
  const { lowCells, highCells, step } = bounds.grid;
  const isLow = measure.kind === 'sum' && -lowCells > highCells;
  return (isLow ? lowCells : highCells) * (Number(step.numerator) / Number(step.denominator));
};

/** A value of everybody else, at the other end. */
const nearest = (query: ReleaseQuery): number => {
  const { grid } = query.bounds;
  if (grid === undefined) return 0;
  const unit = Number(grid.step.numerator) / Number(grid.step.denominator);
  return (furthest(query) === grid.highCells * unit ? grid.lowCells : grid.highCells) * unit;
};

const far = (query: ReleaseQuery): number => (furthest(query) < 0 ? -1 : 1) * 1e15;

/** People who make a group be shown whatever the noise; nobody where keys are declared. */
export const crowdAlwaysShown = ({ groups, selection, statistics }: ReleasePlan): number => {
  if (groups !== undefined) return 0;
  const noises = [selection?.noise, ...statistics.map(({ noise }) => noise)];
  const bounds = noises.flatMap((noise) => (isTruncated(noise) ? [noise.bound] : []));
  return bounds.length === 0 ? 100 : 2 * Math.max(...bounds) + 1;
};

const isTruncated = (noise: ReleasePlan['statistics'][number]['noise'] | undefined): noise is TruncatedNoise =>
  noise?.kind === 'truncated-laplace';
