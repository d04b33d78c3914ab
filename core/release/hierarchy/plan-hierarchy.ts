import { NightjarError } from '../../api/errors.ts';
import {
  addRational,
  compareRational,
  multiplyRational,
  rational,
  toNumber,
  type Rational,
} from '../../math/rational.ts';
import { largestRho, laplaceScale, gaussianSigmaSquared } from '../accounting/index.ts';
import type { LossEvent, Noise, PrivacyLoss, Reach } from '../accounting/index.ts';
import { varianceOf } from '../mechanisms/noise.ts';
import { makeConsistent } from './consistent.ts';
import type { SumTree } from './tree.ts';

export type HierarchyTask = {
  readonly tree: SumTree;
  /** Most leaves that one actor adds to. */
  readonly leavesPerActor: number;
  /** Most that one actor adds to one leaf, or takes from it, in whole steps. */
  readonly perLeaf: number;
  readonly loss: PrivacyLoss;
  /** Share of the loss for every level, from the root to the leaves; they add up to 1. 0: not measured. */
  readonly shares: readonly Rational[];
};

export type HierarchyPlan = {
  readonly task: HierarchyTask;
  /** Of each level; undefined where it is not measured. */
  readonly noise: readonly (Noise | undefined)[];
  readonly events: readonly LossEvent[];
  /** Largest variance of each level's numbers once they add up. */
  readonly variance: readonly number[];
};

/**
 * Noise for every level of a tree of sums; no data. Rows must add up: events and sums, never distinct actors, who would be
 * counted once in a week and on each of its days.
 *
 * Privacy map. One actor adds to at most g leaves, at most c to each. On a level whose nodes have at most f leaves each,
 * the vector of sums moves by at most g c in L1, and by at most ⌈g / f⌉ times (min(g, f) c)² in squared L2 (sums of squares
 * are largest where the g leaves lie in as few nodes as can be). A level of share s costs s ε with discrete Laplace noise
 * of scale g c / (s ε), s ρ with discrete Gaussian noise of σ² = Δ₂² / (2 s ρ); levels add up (basic composition, zCDP).
 * (ε, δ): discrete Gaussian noise under the largest ρ that gives it where its variances sum to less. A level above the
 * leaves is kept in the ledger as a plain ε-private event: its L1 may sit in one node or be spread.
 * Throws `usage` for shares that are none, or missing bounds.
 */
export const planHierarchy = (task: HierarchyTask): HierarchyPlan => {
  requireTask(task);
  const { loss } = task;
  if (loss.kind !== 'approximate') return planWith(task, loss);
  const laplace = planWith(task, { kind: 'pure', epsilon: loss.epsilon });
  const rho = largestRho({ ...loss, conversionDelta: loss.delta });
  if (rho.numerator <= 0n) return laplace;
  const gaussian = planWith(task, { kind: 'zcdp', rho });
  const total = (plan: HierarchyPlan): number => plan.variance.reduce((sum, each) => sum + each, 0);
  return total(gaussian) < total(laplace) ? gaussian : laplace;
};

type ExactLoss = Exclude<PrivacyLoss, { kind: 'approximate' }>;

const planWith = (task: HierarchyTask, loss: ExactLoss): HierarchyPlan => {
  const levels = task.shares.map((share, level) =>
    share.numerator === 0n ? undefined : noisedLevel(task, level, share, loss),
  );
  const noise = levels.map((each) => each?.noise);
  return {
    task,
    noise,
    events: levels.flatMap((each) => (each ? [each.event] : [])),
    variance: variances(task.tree, noise),
  };
};

const noisedLevel = (
  { tree, leavesPerActor, perLeaf }: HierarchyTask,
  level: number,
  share: Rational,
  loss: ExactLoss,
): { readonly noise: Noise; readonly event: LossEvent } => {
  const leaves = Math.min(leavesPerActor, (tree.levelStart.at(-1) ?? 0) - (tree.levelStart.at(-2) ?? 0));
  const together = Math.min(leaves, tree.leavesPerNode[level] ?? 1);
  const reach: Reach = {
    coordinates: Math.ceil(leaves / together),
    sensitivity: rational(BigInt(together) * BigInt(perLeaf)),
  };
  if (loss.kind === 'zcdp') {
    const sigmaSquared = gaussianSigmaSquared(reach, multiplyRational(loss.rho, share));
    return {
      noise: { kind: 'discrete-gaussian', sigmaSquared },
      event: { ...reach, kind: 'discrete-gaussian', sigmaSquared },
    };
  }
  const epsilon = multiplyRational(loss.epsilon, share);
  const whole: Reach = { coordinates: leaves, sensitivity: rational(perLeaf) };
  const scale = laplaceScale(whole, epsilon);
  return {
    noise: { kind: 'discrete-laplace', scale },
    event: together === 1 ? { ...whole, kind: 'discrete-laplace', scale } : { kind: 'pure', epsilon },
  };
};

/** Largest variance of each level after least squares: of noise alone, hence public. */
const variances = (tree: SumTree, noise: readonly (Noise | undefined)[]): readonly number[] => {
  const variance = nodeVariances(tree, noise);
  const after = makeConsistent(tree, { value: new Float64Array(variance.length), variance }).variance;
  return noise.map((_, level) =>
    after.subarray(tree.levelStart[level], tree.levelStart[level + 1]).reduce((a, b) => Math.max(a, b)),
  );
};

/** Variance of the noise on every node; Infinity where it is not measured. */
export const nodeVariances = (tree: SumTree, noise: readonly (Noise | undefined)[]): Float64Array => {
  const variance = new Float64Array(tree.parent.length);
  noise.forEach((each, level) => {
    const of = each === undefined ? Number.POSITIVE_INFINITY : varianceOf(each);
    variance.fill(of, tree.levelStart[level], tree.levelStart[level + 1]);
  });
  return variance;
};

const requireTask = ({ tree, shares, leavesPerActor, perLeaf }: HierarchyTask): void => {
  const bounds = { leavesPerActor, perLeaf, together: leavesPerActor * perLeaf };
  for (const [where, bound] of Object.entries(bounds)) {
    if (!Number.isSafeInteger(bound) || bound < 1) throw wrong(where, 'a whole number from 1 up');
  }
  const total = shares.reduce(addRational, rational(0));
  const isSplit = shares.every((share) => share.numerator >= 0n) && compareRational(total, rational(1)) === 0;
  if (shares.length !== tree.levelStart.length - 1 || !isSplit) {
    throw wrong('shares', 'one share per level, from the root to the leaves, that add up to 1');
  }
  if (toNumber(shares.at(-1) ?? rational(0)) === 0) throw wrong('shares', 'the leaves a share above 0');
};

const wrong = (where: string, what: string): NightjarError =>
  new NightjarError('usage', 'A setting of the hierarchy is missing or out of range.', {
    where,
    next: `Give ${what}.`,
  });
