import { describe, expect, it } from 'vitest';
import { fitCutForest, scoreCutForest } from '../../../core/detect/forests/index.ts';
import { addLeafValues, leafOf } from '../../../core/detect/forests/walk.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix } from '../tables.ts';
import { recipes } from './recipes.ts';

const big = normalMatrix(30_000, 3, 1);
const gaps = { ...big, values: big.values.map((value, i) => (i % 7 === 0 ? Number.NaN : value)) };

describe('scoreCutForest', () => {
  it.each(['extended', 'fairCut'] as const)('%s: the same bits for 1, 2 and 3 threads', async (recipe) => {
    // 403 trees: not a multiple of the four walked together; 12 million walks: enough for workers.
    const forest = await fitCutForest(recipe, gaps, seededRandom(1), {}, { trees: 403, sampleSize: 32 });
    const one = await scoreCutForest(forest, gaps, { threads: 1 });
    for (const threads of [2, 3]) expect(await scoreCutForest(forest, gaps, { threads })).toEqual(one);
  });

  it.each(['extended', 'sci', 'fairCut'] as const)(
    '%s: adds the leaf of every tree, missing values or not',
    async (recipe) => {
      const matrix = { ...gaps, rows: 300, values: gaps.values.slice(0, 900) };
      const forest = await fitCutForest(recipe, matrix, seededRandom(2), {}, { trees: 7 });
      const sums = new Float64Array(300);
      addLeafValues(forest, matrix.values, 0, 300, sums);
      sums.forEach((sum, row) => {
        let plain = 0;
        for (let tree = 0; tree < 7; tree++) {
          plain += forest.pathLength[leafOf(forest, tree, matrix.values, row * 3)] ?? Number.NaN;
        }
        expect(sum).toBeCloseTo(plain, 12);
      });
    },
  );

  it('is 2^(−mean path / c(ψ)) for path lengths and minus the mean log density else', async () => {
    const matrix = { ...big, rows: 4, values: Float32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 9, 9, 9) };
    for (const recipe of recipes) {
      const forest = await fitCutForest(recipe, matrix, seededRandom(3), {}, { trees: 5 });
      const leafValue = (t: number, row: number): number =>
        forest.pathLength[leafOf(forest, t, matrix.values, row * 3)] ?? Number.NaN;
      const sums = [0, 1, 2, 3].map((row) => [0, 1, 2, 3, 4].reduce((sum, t) => sum + leafValue(t, row), 0));
      // c(4) = 2 (1 + 1/2 + 1/3) − 2 · 3/4
      const c = 2 * (1 + 1 / 2 + 1 / 3) - 1.5;
      const expected = sums.map((sum) => (recipe.toLowerCase().includes('density') ? -sum / 5 : 2 ** (-sum / 5 / c)));
      const scores = await scoreCutForest(forest, matrix);
      scores.forEach((score, row) => expect(score).toBeCloseTo(expected[row] ?? Number.NaN, 12));
    }
  });

  it('refuses a table of another width and stops when told to', async () => {
    const forest = await fitCutForest('extended', big, seededRandom(4), {}, { trees: 4 });
    await expect(scoreCutForest(forest, normalMatrix(5, 2, 1))).rejects.toMatchObject({ code: 'usage' });
    await expect(scoreCutForest(forest, big, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});
