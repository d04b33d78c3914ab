import { NightjarError } from '../../api/errors.ts';
import { placeAmong } from '../../math/index.ts';
import { shuffled, type Random } from '../../random/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';

/** Scores of the rows at `rowsToScore` by a model fitted on the rows at `rowsToFit` alone. */
export type FitScore = (rowsToFit: Uint32Array, rowsToScore: Uint32Array) => Promise<Float64Array>;

export type CrossConformalInput = {
  /** Rows known to be benign. */
  readonly reference: Uint32Array;
  /** Rows to be judged. */
  readonly judged: Uint32Array;
  /** Parts the reference is cut into, each held out once; as many as there are references is the jackknife+. */
  readonly folds: number;
  readonly fitScore: FitScore;
  readonly random: Random;
  readonly run: Run;
};

/**
 * Cross-conformal p-values of the judged rows, in their order: (1 + Σ over folds of the held-out
 * references that score at or above the row under the model that has not seen them) /
 * (references + 1) (Vovk 2015; for detectors: Hennhofer & Preisach 2024). One fold per
 * reference is the jackknife+ (Barber, Candès, Ramdas & Tibshirani 2021). A benign row's
 * p-value is at most t with a chance of about t in practice, for which 2t is proved (same). Costs one
 * fit per fold. Throws `usage` for fewer than 2 folds or references, `cancelled`.
 */
export const crossConformal = async (input: CrossConformalInput): Promise<Float64Array> => {
  const { reference, judged, folds, fitScore, random, run } = input;
  const size = reference.length;
  if (folds < 2 || size < folds) {
    throw new NightjarError('usage', `${size} known benign actors cannot be cut into ${folds} parts.`, {
      where: 'folds',
      next: 'Use at least 2 folds, and no more than there are known benign actors.',
    });
  }
  const pace = makePace(run);
  const order = shuffled(reference, random);
  const atOrAbove = new Float64Array(judged.length);
  for (let fold = 0; fold < folds; fold++) {
    const heldOut = order.filter((_, i) => i % folds === fold);
    const kept = order.filter((_, i) => i % folds !== fold);
    const scores = await fitScore(kept, joined(heldOut, judged));
    await pace();
    const sorted = scores.slice(0, heldOut.length).sort();
    for (let i = 0; i < judged.length; i++) {
      const { below } = placeAmong(sorted, scores[heldOut.length + i] ?? Number.NaN);
      atOrAbove[i] = (atOrAbove[i] ?? 0) + sorted.length - below;
    }
    await pace();
  }
  return atOrAbove.map((count) => (1 + count) / (size + 1));
};

const joined = (a: Uint32Array, b: Uint32Array): Uint32Array => {
  const rows = new Uint32Array(a.length + b.length);
  rows.set(a);
  rows.set(b, a.length);
  return rows;
};
