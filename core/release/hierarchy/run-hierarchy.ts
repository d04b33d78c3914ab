import { NightjarError } from '../../api/errors.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { drawNoise } from '../mechanisms/noise.ts';
import { makeConsistent } from './consistent.ts';
import { halfWidths } from './interval.ts';
import { nodeVariances, type HierarchyPlan } from './plan-hierarchy.ts';
import { roundTree } from './round.ts';

/** Released numbers of all nodes of a tree. */
export type HierarchyResult = {
  /** Noised sums as they were drawn, whole; NaN where a level is not measured. */
  readonly noised: Float64Array;
  /** Whole numbers that add up. */
  readonly value: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
};

/** Doubles add whole numbers exactly below this; noised sums are clamped to it. */
const MOST = 2 ** 52;

/**
 * Noised sums of a tree, made consistent: every number the sum of those below. `leaves` are the bounded sums of the leaves,
 * whole and at most 2^51 in total. Intervals hold the true bounded sum of a node at `level`, each for itself, with the
 * variance after least squares; they are rounded outwards and, with `nonNegative`, end at 0. Noise is all that is drawn;
 * what follows is post-processing.
 */
export const runHierarchy = (
  plan: HierarchyPlan,
  leaves: Float64Array,
  options: { readonly level: number; readonly nonNegative: boolean },
  source: NoiseSource,
): HierarchyResult => {
  const { tree } = plan.task;
  const noised = sumsOf(plan, leaves);
  plan.noise.forEach((noise, depth) => {
    const nodes = noised.subarray(tree.levelStart[depth], tree.levelStart[depth + 1]);
    if (noise === undefined) nodes.fill(Number.NaN);
    else drawNoise(noise, nodes.length, source).forEach((x, i) => (nodes[i] = clamped((nodes[i] ?? 0) + x)));
  });
  const fitted = makeConsistent(tree, { value: noised, variance: nodeVariances(tree, plan.noise) });
  const kind = plan.noise.find((noise) => noise !== undefined)?.kind ?? 'discrete-laplace';
  const width = halfWidths(fitted.variance, options.level, kind);
  const least = options.nonNegative ? 0 : -MOST;
  return {
    noised,
    value: roundTree(tree, fitted.value, options.nonNegative),
    low: fitted.value.map((x, i) => Math.max(least, Math.floor(x - (width[i] ?? 0)))),
    high: fitted.value.map((x, i) => Math.max(least, Math.ceil(x + (width[i] ?? 0)))),
  };
};

const sumsOf = ({ task: { tree } }: HierarchyPlan, leaves: Float64Array): Float64Array => {
  const sums = new Float64Array(tree.parent.length);
  const from = tree.levelStart.at(-2) ?? 0;
  if (from + leaves.length !== sums.length) throw new NightjarError('internal', 'The sums are not those of the tree.');
  sums.set(leaves, from);
  for (let node = sums.length - 1; node > 0; node--) sums[tree.parent[node]!]! += sums[node]!; // node > 0 has a parent
  return sums;
};

const clamped = (x: number): number => Math.max(-MOST, Math.min(MOST, x));
