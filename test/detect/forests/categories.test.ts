import { describe, expect, it } from 'vitest';
import { attributeCutForest, fitCutForest, scoreCutForest } from '../../../core/detect/forests/index.ts';
import { goesRight } from '../../../core/detect/forests/walk.ts';
import { isolationForest } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf } from '../tables.ts';
import { recipes } from './recipes.ts';

/** Column 0 a category of 70 levels in which 0 and 69 are common and 33 comes once, column 1 noise. */
const categories = (() => {
  const random = seededRandom(1);
  const rows = Array.from({ length: 300 }, (_, i) => [i === 299 ? 33 : i % 2 === 0 ? 0 : 69, random.normal()]);
  return { ...matrixOf(2, rows.flat()), levels: [70, 0] };
})();

describe('categories in forests', () => {
  it.each(recipes)('%s: a rare level is odd, whatever its number', async (recipe) => {
    const forest = await fitCutForest(recipe, categories, seededRandom(2), {}, { sampleSize: 300, trees: 300 });
    const scores = await scoreCutForest(forest, categories);
    // SCiForest looks for what parts the noise best at half its cuts, and may find one of its ends as odd.
    expect(scores.filter((score) => score > (scores[299] ?? 0)).length).toBeLessThanOrEqual(recipe === 'sci' ? 3 : 0);
    const credit = await attributeCutForest(forest, categories);
    expect(credit[299 * 2] ?? 0).toBeGreaterThan(Math.abs(credit[299 * 2 + 1] ?? 0));
  });

  it('does not depend on the numbers that levels bear', async () => {
    const renamed = { ...categories, values: categories.values.map((v, i) => (i % 2 === 0 ? (v + 21) % 70 : v)) };
    const scoresOf = async (matrix: typeof categories): Promise<Float64Array> =>
      scoreCutForest(await fitCutForest('standard', matrix, seededRandom(3), {}, { trees: 2000 }), matrix);
    const [a, b] = [await scoresOf(categories), await scoresOf(renamed)];
    // Other draws, the same odds: 2,000 trees agree to about .01.
    a.forEach((score, row) => expect(Math.abs(score - (b[row] ?? 0))).toBeLessThan(0.03));
  });

  it('sends a level that a cut did not see where missing values go', async () => {
    const forest = await fitCutForest('standard', categories, seededRandom(4), {}, { trees: 50 });
    let looked = 0;
    for (let slot = 0; slot < 50 * forest.nodes; slot++) {
      if (forest.threshold[slot] === Number.POSITIVE_INFINITY || forest.feature[slot] !== 0) continue;
      looked++;
      const side = (value: number): boolean => goesRight(forest, slot, Float32Array.of(value, 0), 0);
      for (const value of [Number.NaN, 12, 70, 500, -1]) expect(side(value)).toBe(forest.missingRight[slot] === 1);
    }
    expect(looked).toBeGreaterThan(50);
  });

  it('parts each cut’s own level from the others', async () => {
    const rows = Array.from({ length: 256 }, (_, i) => [i % 4]);
    const matrix = { ...matrixOf(1, rows.flat()), levels: [4] };
    const forest = await fitCutForest('standard', matrix, seededRandom(5), {}, { trees: 400 });
    const counts = [0, 0, 0, 0];
    for (let tree = 0; tree < 400; tree++) {
      const right = [0, 1, 2, 3].filter((v) => goesRight(forest, tree * forest.nodes, Float32Array.of(v), 0));
      expect(right).toHaveLength(1);
      counts[right[0] ?? 0] = (counts[right[0] ?? 0] ?? 0) + 1;
    }
    // Each as likely: chi-square with 3 degrees of freedom above 25.9 once in 100,000 honest draws.
    expect(counts.reduce((sum, count) => sum + (count - 100) ** 2 / 100, 0)).toBeLessThan(25.9);
  });

  it('come back from a file, in the isolation forest too', async () => {
    const model = await isolationForest.fit(categories, seededRandom(6), {});
    expect(model.words).toBe(3);
    expect(isolationForest.load(isolationForest.save(model))).toEqual(model);
  });
});
