import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fitCutForest, RECIPES, scoreCutForest, type RecipeName } from '../../../core/detect/forests/index.ts';
import { spearman } from '../../../core/math/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf, rocAuc } from '../tables.ts';
import { recipes } from './recipes.ts';

type Golden = {
  readonly columns: number;
  readonly values: readonly number[];
  readonly label: readonly number[];
  readonly variants: Readonly<Record<RecipeName, { readonly scores: readonly number[]; readonly rocAuc: number }>>;
};

/** What isotree says: made by test/golden/forests.py. */
const golden = JSON.parse(readFileSync(new URL('../../golden/forests.json', import.meta.url), 'utf8')) as Golden;

describe('a forest of each recipe', () => {
  it('is compared with isotree, none left out', () => {
    expect(Object.keys(RECIPES).sort()).toEqual([...recipes].sort());
  });

  it.each(recipes)('%s ranks blobs and noise as isotree does', async (name) => {
    const { scores, rocAuc: area } = golden.variants[name];
    // An eighth, a power of two, changes nothing in isotree's cuts and brings all values inside the bound of `drawnIn`.
    const matrix = matrixOf(
      golden.columns,
      golden.values.map((value) => value / 8),
    );
    const forest = await fitCutForest(name, matrix, seededRandom(11), {}, { trees: name === 'sci' ? 400 : 1000 });
    const own = await scoreCutForest(forest, matrix, { threads: 1 });
    expect(spearman(own, scores)).toBeGreaterThan(0.985);
    expect(Math.abs(rocAuc(own, golden.label) - area)).toBeLessThan(0.015);
  });
});
