import { arrayOf, readModel } from '../model-file.ts';
import { loadCutForests, saveCutForests, tornModel } from './persist.ts';
import type { CutForest } from './cut-forest.ts';
import type { RecipeName } from './recipes.ts';
import type { TailTable } from './tail-table.ts';

/** A forest, and where the scores of the rows it was fitted on lie. */
export type MixedMember = { readonly forest: CutForest; readonly tail: TailTable };

/** Whose trees are mixed. */
export const MIXED_RECIPES = ['standard', 'pooledGain', 'extended', 'fairCut'] as const satisfies readonly RecipeName[];

const KIND = 'mixedForest';
const VERSION = 1;

/** The mixed forest as a model file: cuts, leaf values, counts and at most 2,048 scores each; no training row. */
export const saveMixed = (members: readonly MixedMember[]): Uint8Array => {
  const extra = members.flatMap(({ tail }, i) => [
    [`${i}.scores`, tail.scores] as const,
    [`${i}.tails`, tail.tails] as const,
  ]);
  return saveCutForests(
    KIND,
    VERSION,
    members.map(({ forest }) => forest),
    Object.fromEntries(extra),
  );
};

/** Reads what `saveMixed` wrote; errors as `readModel`. */
export const loadMixed = (bytes: Uint8Array): readonly MixedMember[] => {
  const content = readModel(bytes, KIND, VERSION);
  return loadCutForests(KIND, VERSION, bytes, MIXED_RECIPES).map((forest, i) => {
    const scores = arrayOf(content, `${i}.scores`, 'float64');
    const tails = arrayOf(content, `${i}.tails`, 'float64', scores.length);
    const rises = (values: Float64Array): boolean =>
      values.every((value, k) => k === 0 || value > (values[k - 1] ?? 0));
    if (scores.length === 0 || !rises(scores) || !rises(tails)) throw tornModel(KIND);
    return { forest, tail: { scores, tails } };
  });
};
