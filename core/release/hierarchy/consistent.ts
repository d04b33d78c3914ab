import { NightjarError } from '../../api/errors.ts';
import type { SumTree } from './tree.ts';

/** A number per node, and its variance. */
export type Estimates = { readonly value: Float64Array; readonly variance: Float64Array };

/**
 * The tree that fits noised numbers best and adds up: weighted least squares with weights 1 / variance, which among linear
 * unbiased estimates has the smallest variance at every node, and those variances. Noise must be independent between nodes;
 * a variance of Infinity marks a node that was not measured, which a leaf must not be. Post-processing: it costs nothing.
 *
 * Source: Hay, Rastogi, Miklau & Suciu 2010, for equal variances and fan-outs; here with the variances
 * themselves. Upwards, a node's own number y (variance v) and the sum S of its children's (variance V) become
 * z = (V y + v S) / (V + v) with variance V v / (V + v); downwards, what a parent's number x exceeds S by is shared out by
 * the variances of the children: x_c = z_c + V_c / V · (x − S), with variance V_c + (V_c / V)² (var x − V).
 * Throws `usage` where a leaf was not measured.
 */
export const makeConsistent = (tree: SumTree, noised: Estimates): Estimates => {
  const { parent, levelStart } = tree;
  const value = noised.value.slice();
  const variance = noised.variance.slice();
  const nodes = parent.length;
  const sum = new Float64Array(nodes);
  const sumVariance = new Float64Array(nodes);
  for (let node = nodes - 1; node >= 0; node--) {
    if (node < (levelStart.at(-2) ?? 0)) meet(node, value, variance, sum[node] ?? 0, sumVariance[node] ?? 0);
    else if (!Number.isFinite(variance[node])) throw unmeasuredLeaf();
    const above = parent[node] ?? -1;
    if (above < 0) continue;
    sum[above]! += value[node]!; // above is a node
    sumVariance[above]! += variance[node]!;
  }
  for (let node = 1; node < nodes; node++) {
    const above = parent[node]!; // all but the root have one
    const whole = sumVariance[above]!;
    const share = whole > 0 ? variance[node]! / whole : 1 / (tree.children[above] ?? 1);
    value[node]! += share * (value[above]! - sum[above]!);
    variance[node]! += share * share * (variance[above]! - whole);
  }
  return { value, variance };
};

/** Puts a node's own number and its children's sum together. */
const meet = (node: number, value: Float64Array, variance: Float64Array, sum: number, sumVariance: number): void => {
  const own = variance[node] ?? Number.POSITIVE_INFINITY;
  if (own === Number.POSITIVE_INFINITY) {
    value[node] = sum;
    variance[node] = sumVariance;
    return;
  }
  const both = own + sumVariance;
  const weight = both > 0 ? sumVariance / both : 1;
  value[node] = weight * (value[node] ?? 0) + (1 - weight) * sum;
  variance[node] = weight * own;
};

const unmeasuredLeaf = (): NightjarError =>
  new NightjarError('usage', 'A hierarchy has leaves that are not measured.', {
    where: 'hierarchy',
    next: 'Give the level of the leaves a share above 0.',
  });
