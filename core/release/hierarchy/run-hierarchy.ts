import { NightjarError } from '../../api/errors.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { drawNoise } from '../mechanisms/noise.ts';
import { withNoise } from '../mechanisms/with-noise.ts';
import { makeConsistent } from './consistent.ts';
import { halfWidths } from './interval.ts';
import { nodeVariances, type HierarchyPlan } from './plan-hierarchy.ts';
import { roundTree } from './round.ts';
import type { SumTree } from './tree.ts';

/** Released numbers of all nodes of a tree. */
export type HierarchyResult = {
  /** Noised sums as they were drawn, whole; NaN where a level is not measured. */
  readonly noised: Float64Array;
  /** Whole numbers that add up. */
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
};

/** How sure an interval is, and whether no number can be below 0. */
export type HierarchyOptions = { readonly level: number; readonly nonNegative: boolean };

/** True sums saturate here: see `withNoise`. */
const MOST = 2 ** 51;

/**
 * Noised sums of a tree, made consistent: every number the sum of those below. `leaves` are the bounded sums of the leaves,
 * whole and at most 2^51 each; sums above them saturate at ±2^51, too. Intervals hold the true bounded sum of a node at `level`, each for itself, with the
 * variance after least squares; they are rounded outwards and, with `nonNegative`, end at 0. Noise is all that is drawn;
 * what follows is post-processing.
 */
export const runHierarchy = (
  plan: HierarchyPlan,
  leaves: Float64Array,
  options: HierarchyOptions,
  source: NoiseSource,
): HierarchyResult => finishHierarchy(plan, drawHierarchy(plan, leaves, source), options);

/** Noised sums of all nodes, as drawn: whole, within ±2^52; NaN where a level is not measured. */
export const drawHierarchy = (plan: HierarchyPlan, leaves: Float64Array, source: NoiseSource): Float64Array => {
  const { tree } = plan.task;
  const noised = sumsOf(plan, leaves);
  plan.noise.forEach((noise, depth) => {
    const nodes = noised.subarray(tree.levelStart[depth], tree.levelStart[depth + 1]);
    if (noise === undefined) nodes.fill(Number.NaN);
    else drawNoise(noise, nodes.length, source).forEach((x, i) => (nodes[i] = withNoise(nodes[i] ?? 0, x)));
  });
  return noised;
};

/** What follows from the noised sums, for whoever checks a release without the data, too. */
export const finishHierarchy = (
  plan: HierarchyPlan,
  noised: Float64Array,
  options: HierarchyOptions,
): HierarchyResult => {
  const { tree } = plan.task;
  const fitted = makeConsistent(tree, { value: noised, variance: nodeVariances(tree, plan.noise) });
  const kind = plan.noise.find((noise) => noise !== undefined)?.kind ?? 'discrete-laplace';
  const width = halfWidths(fitted.variance, options.level, kind);
  const least = options.nonNegative ? 0 : Number.NEGATIVE_INFINITY;
  const value = roundTree(tree, fitted.value, options.nonNegative);
  // rounding to numbers that add up may move a value past the end of a narrow interval: the interval grows to hold it
  return {
    noised,
    value,
    low: fitted.value.map((x, i) => Math.min(value[i] ?? x, Math.max(least, Math.floor(x - (width[i] ?? 0))))),
    high: fitted.value.map((x, i) => Math.max(value[i] ?? x, Math.max(least, Math.ceil(x + (width[i] ?? 0))))),
  };
};

const sumsOf = ({ task: { tree } }: HierarchyPlan, leaves: Float64Array): Float64Array => {
  const sums = new Float64Array(tree.parent.length);
  const from = tree.levelStart.at(-2) ?? 0;
  if (from + leaves.length !== sums.length) throw new NightjarError('internal', 'The sums are not those of the tree.');
  sums.set(leaves, from);
  const isExact = leaves.reduce((sum, x) => sum + Math.abs(x), 0) < 2 ** 52;
  return isExact ? added(tree, sums) : addedExactly(tree, sums);
};

const added = (tree: SumTree, sums: Float64Array): Float64Array => {
  for (let node = sums.length - 1; node > 0; node--) sums[tree.parent[node]!]! += sums[node]!; // node > 0 has a parent
  return sums.map(clamped);
};

/** Doubles would round sums this large, by more than an actor adds; clamping exact sums moves no two further apart. */
const addedExactly = (tree: SumTree, sums: Float64Array): Float64Array => {
  const exact = Array.from(sums, BigInt);
  for (let node = exact.length - 1; node > 0; node--) {
    const above = tree.parent[node] ?? 0;
    exact[above] = (exact[above] ?? 0n) + (exact[node] ?? 0n);
  }
  return Float64Array.from(exact, (x) => clamped(Number(x)));
};

const clamped = (x: number): number => Math.max(-MOST, Math.min(MOST, x));
