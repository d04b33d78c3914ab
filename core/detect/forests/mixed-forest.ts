import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';
import type { Detector } from '../detector.ts';
import type { Run } from '../schema.ts';
import { attributeCutForest } from './attribute.ts';
import { drawRows } from './draw-rows.ts';
import { fitCutForest } from './fit.ts';
import { loadMixed, MIXED_RECIPES, saveMixed, type MixedMember } from './mixed-file.ts';
import { scoreCutForest } from './score.ts';
import { tailOf, tailTable } from './tail-table.ts';

/** Trees of each kind. */
const TREES_EACH = 100;
/** Rows whose scores make the tail ranks: beyond one in so many a rank is extrapolated. */
const REFERENCE_ROWS = 20_000;

/**
 * Forests of four kinds, which err differently. The score is the mean of their tail ranks −log10(1 − rank)
 * among the fitted rows, so that no kind counts more because its path lengths vary more: 2 is as
 * extreme as 1 in 100.
 */
export const mixedForest: Detector<readonly MixedMember[]> = {
  name: 'mixedForest',
  sentence: 'Finds actors that few cuts set apart, whichever of four ways the cuts are made.',
  cost: 'fit: constant; score: rows × trees × 8 comparisons',
  evidence: 'odd',
  needs: { minRows: 2, scale: 'linear', missing: true, categories: true },
  fit: fitMembers,
  score: scoreMixed,
  attribute: attributeMixed,
  save: saveMixed,
  load: loadMixed,
};

async function fitMembers(matrix: Matrix, random: Random, run: Run): Promise<readonly MixedMember[]> {
  const reference = drawRows(matrix, Math.min(matrix.rows, REFERENCE_ROWS), random.fork('reference'));
  const members: MixedMember[] = [];
  for (const recipe of MIXED_RECIPES) {
    const forest = await fitCutForest(recipe, matrix, random.fork(recipe), run, { trees: TREES_EACH });
    members.push({ forest, tail: tailTable(await scoreCutForest(forest, reference, run)) });
  }
  return members;
}

async function scoreMixed(members: readonly MixedMember[], matrix: Matrix, run: Run): Promise<Float64Array> {
  const mean = new Float64Array(matrix.rows);
  for (const { forest, tail } of members) {
    const scores = await scoreCutForest(forest, matrix, run);
    scores.forEach((score, row) => {
      mean[row] = (mean[row] ?? 0) + tailOf(tail, score) / members.length;
    });
  }
  return mean;
}

/** Mean of the kinds' attributions, in units of c(ψ). */
async function attributeMixed(members: readonly MixedMember[], matrix: Matrix, run: Run): Promise<Float64Array> {
  const credit = new Float64Array(matrix.rows * matrix.columns);
  for (const { forest } of members) {
    const own = await attributeCutForest(forest, matrix, run);
    own.forEach((value, at) => {
      credit[at] = (credit[at] ?? 0) + value / members.length;
    });
  }
  return credit;
}
