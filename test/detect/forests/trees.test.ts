import { describe, expect, it } from 'vitest';
import { appendTrees, fitCutForest, forgetTrees, scoreCutForest } from '../../../core/detect/forests/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix, rocAuc } from '../tables.ts';
import { recipes } from './recipes.ts';

const matrix = normalMatrix(600, 3, 1);

describe('appendTrees and forgetTrees', () => {
  it.each(recipes)('%s: new trees follow, the oldest go first, and nothing else changes', async (recipe) => {
    const old = await fitCutForest(recipe, matrix, seededRandom(1), {}, { trees: 5 });
    const more = await fitCutForest(recipe, matrix, seededRandom(2), {}, { trees: 3 });
    const both = await appendTrees(old, matrix, seededRandom(2), 3);
    expect(both.trees).toBe(8);
    expect(forgetTrees(both, 5)).toEqual(more);
    expect((await appendTrees(old, matrix, seededRandom(2), 0)).threshold).toEqual(old.threshold);
    expect(forgetTrees(old, 0)).toEqual(old);
  });

  it('follows a stream: what was odd becomes ordinary', async () => {
    const moved = { ...matrix, values: matrix.values.map((value) => value + 8) };
    const both = { ...matrix, rows: 1200, values: Float32Array.of(...matrix.values, ...moved.values) };
    const isMoved = Array.from({ length: 1200 }, (_, i) => (i < 600 ? 0 : 1));
    let forest = await fitCutForest('fairCut', matrix, seededRandom(1), {}, { trees: 40 });
    expect(rocAuc(await scoreCutForest(forest, both), isMoved)).toBeGreaterThan(0.95);
    for (let batch = 0; batch < 4; batch++) {
      forest = forgetTrees(await appendTrees(forest, moved, seededRandom(2).fork(batch), 10), 10);
    }
    expect(forest.trees).toBe(40);
    expect(rocAuc(await scoreCutForest(forest, both), isMoved)).toBeLessThan(0.05);
  });

  it('refuses too few rows, other features, and to forget all', async () => {
    const forest = await fitCutForest('sci', matrix, seededRandom(1), {}, { trees: 2 });
    const code = (name: string) => ({ code: name });
    await expect(appendTrees(forest, normalMatrix(255, 3, 1), seededRandom(1), 1)).rejects.toMatchObject(code('input'));
    await expect(appendTrees(forest, normalMatrix(600, 4, 1), seededRandom(1), 1)).rejects.toMatchObject(code('usage'));
    const levels = { ...matrix, levels: [0, 0, 5] };
    await expect(appendTrees(forest, levels, seededRandom(1), 1)).rejects.toMatchObject(code('usage'));
    for (const count of [2, 3, -1, 0.5]) expect(() => forgetTrees(forest, count)).toThrow('At least one tree');
  });
});
