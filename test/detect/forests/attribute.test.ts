import { describe, expect, it } from 'vitest';
import { attributeCutForest, fitCutForest, scoreCutForest } from '../../../core/detect/forests/index.ts';
import { averagePathLength } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';
import { recipes } from './recipes.ts';

/** Normal rows; row k of the last five is odd in column k alone. */
const table = normalMatrix(400, 5, 3);
for (let k = 0; k < 5; k++) table.values[(395 + k) * 5 + k] = 9;

describe('attributeCutForest', () => {
  it.each(recipes)('%s: credits the feature that is odd', async (recipe) => {
    const forest = await fitCutForest(recipe, table, seededRandom(1));
    const credit = await attributeCutForest(forest, table);
    for (let k = 0; k < 5; k++) {
      const row = [...credit.subarray((395 + k) * 5, (396 + k) * 5)];
      expect(row.indexOf(Math.max(...row))).toBe(k);
    }
  });

  it.each(recipes)('%s: adds up to how far the score is from the sample’s', async (recipe) => {
    const forest = await fitCutForest(recipe, table, seededRandom(2), {}, { trees: 40 });
    const credit = await attributeCutForest(forest, table);
    const scores = await scoreCutForest(forest, table);
    let mean = 0;
    forest.pathLength.forEach((value, at) => (mean += (value * (forest.cover[at] ?? 0)) / (forest.sampleSize * 40)));
    for (const row of [0, 17, 399]) {
      const total = credit.subarray(row * 5, row * 5 + 5).reduce((a, b) => a + b, 0);
      const score = scores[row] ?? Number.NaN;
      const c = averagePathLength(forest.sampleSize);
      const value = recipe.toLowerCase().includes('density') ? -score : -Math.log2(score);
      const expected = recipe.toLowerCase().includes('density') ? mean - value : mean / c - value;
      expect(total).toBeCloseTo(expected, 5);
    }
  });

  it('gives the credit of a cut to the feature that is missing', async () => {
    // Always present together, except in the last row.
    const rows = Array.from({ length: 300 }, (_, i) => [Math.sin(i), Math.cos(3 * i)]);
    rows.push([Number.NaN, 0.1]);
    const matrix = matrixOf(2, rows.flat());
    const forest = await fitCutForest('extended', matrix, seededRandom(3), {}, { trees: 50 });
    const credit = await attributeCutForest(forest, { ...matrix, rows: 1, values: matrix.values.slice(600) });
    expect(Math.abs(credit[1] ?? Number.NaN)).toBe(0);
    expect(Math.abs(credit[0] ?? 0)).toBeGreaterThan(0);
  });
});
