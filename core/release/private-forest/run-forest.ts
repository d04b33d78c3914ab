import { NightjarError } from '../../api/errors.ts';
import type { PrivacyLoss } from '../accounting/index.ts';
import type { NoiseSource } from '../../random/noise-source.ts';
import { drawNoise } from '../mechanisms/noise.ts';
import { countLeaves, type ForestRows } from './count-leaves.ts';
import { growSplits, type ForestSplits } from './grow.ts';
import { planPrivateForest, type ForestPlan } from './plan-forest.ts';
import type { ForestSettings } from './settings.ts';

/** A forest that may leave. */
export type PrivateForest = {
  readonly plan: ForestPlan;
  readonly splits: ForestSplits;
  /** Noised integers, entry t · 2^depth + leaf. */
  readonly counts: Float64Array;
};

/** Noised counts are clamped here, as post-processing; below it they are exact. */
const MOST_NOISED = 2 ** 52;

/**
 * Makes a private forest of rows. `debit` must have made the cost durable when it resolves; only then are rows counted and
 * is anything drawn. The plan is made anew from its settings and cost, and that one is debited and run, whatever else the
 * given one says. Nothing is retried: an error after the debit leaves it spent. Errors: those of `debit`; `internal`,
 * without a value, where the rows do not fit the settings.
 */
export const runPrivateForest = async (
  { settings, cost }: { readonly settings: ForestSettings; readonly cost: PrivacyLoss },
  rows: ForestRows,
  source: NoiseSource,
  debit: (plan: ForestPlan) => Promise<void>,
): Promise<PrivateForest> => {
  const plan = planPrivateForest(settings, cost);
  requireRows(settings, rows);
  const splits = growSplits(settings);
  await debit(plan);
  const counts = drawNoise(plan.noise, settings.trees * 2 ** settings.depth, source);
  const exact = countLeaves(settings, splits, rows);
  for (let i = 0; i < counts.length; i++) {
    counts[i] = Math.max(-MOST_NOISED, Math.min(MOST_NOISED, counts[i]! + exact[i]!)); // hot: one count per leaf
  }
  return { plan, splits, counts };
};

const requireRows = ({ features }: ForestSettings, { actor, columns }: ForestRows): void => {
  if (columns.length === features.length && columns.every(({ length }) => length === actor.length)) return;
  throw new NightjarError('internal', 'The rows do not have the columns of the forest.');
};
