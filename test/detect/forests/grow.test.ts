import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitCutForest, RECIPES, scoreCutForest, type CutForest } from '../../../core/detect/forests/index.ts';
import { leafOf } from '../../../core/detect/forests/walk.ts';
import { averagePathLength } from '../../../core/detect/isolation-forest/index.ts';
import { spearman } from '../../../core/math/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import type { Matrix } from '../../../core/table/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';
import { recipes } from './recipes.ts';

/** Rows of the matrix in each leaf of a tree. */
const fallInto = (forest: CutForest, tree: number, matrix: Matrix): number[] => {
  const counts = Array.from({ length: forest.nodes }, () => 0);
  for (let row = 0; row < matrix.rows; row++) {
    const leaf = leafOf(forest, tree, matrix.values, row * matrix.columns) - tree * forest.nodes;
    counts[leaf] = (counts[leaf] ?? 0) + 1;
  }
  return counts;
};

const coverOf = (forest: CutForest, tree: number): number[] => {
  return [...forest.cover.subarray(tree * forest.nodes, (tree + 1) * forest.nodes)];
};

describe('a tree of any recipe', () => {
  it.each(recipes)('%s: sends the rows it was grown on into the leaves that counted them', async (recipe) => {
    const number = fc.oneof(
      fc.float({ noNaN: true, min: -1000, max: 1000 }),
      fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY, 1e30),
    );
    const row = fc.tuple(number, number, number, fc.constantFrom(0, 1, 2, 39, Number.NaN));
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        fc.nat(),
        async (rows, category, seed) => {
          const plain = matrixOf(
            4,
            rows.flat().map((v) => (v === Number.POSITIVE_INFINITY ? Number.NaN : v)),
          );
          const matrix = category ? { ...plain, levels: [0, 0, 0, 40] } : plain;
          const forest = await fitCutForest(recipe, matrix, seededRandom(seed), {}, { trees: 3 });
          for (let tree = 0; tree < 3; tree++) expect(fallInto(forest, tree, matrix)).toEqual(coverOf(forest, tree));
          const scores = await scoreCutForest(forest, matrix, { threads: 1 });
          expect(scores.every(Number.isFinite)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it.each(recipes)('%s: finds the rows that lie apart', async (recipe) => {
    const matrix = normalMatrix(500, 4, 7, 5, 12);
    const forest = await fitCutForest(recipe, matrix, seededRandom(7), {}, { trees: 200 });
    const scores = await scoreCutForest(forest, matrix);
    const last = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 5);
    expect(last.sort()).toEqual([495, 496, 497, 498, 499]);
  });

  it.each(recipes)('%s: does not depend on the units of a column without far values', async (recipe) => {
    const matrix = normalMatrix(400, 3, 9);
    const moved = { ...matrix, values: matrix.values.map((v, i) => [v, v / 4 + 2, v / 1000][i % 3] ?? v) };
    const [a, b] = await Promise.all(
      [matrix, moved].map(async (own) => {
        const forest = await fitCutForest(recipe, own, seededRandom(3), {}, { trees: 200 });
        return scoreCutForest(forest, own);
      }),
    );
    // The same but for rounding, which lets a tie of gains fall otherwise. A forest that combined the values
    // as they are would cut along the first column alone: .75 and below.
    expect(spearman(a ?? [], b ?? [])).toBeGreaterThan(0.95);
  });

  it('ends at rows all alike: a path of the depth there plus c(rows)', async () => {
    const values = Array.from({ length: 64 }, (_, i) => [3, i % 2, 7]).flat();
    for (const recipe of recipes.filter((name) => !name.toLowerCase().includes('density'))) {
      const forest = await fitCutForest(recipe, matrixOf(3, values), seededRandom(2), {}, { trees: 2 });
      const leaf = leafOf(forest, 1, Float32Array.of(3, 0, 7), 0);
      expect(forest.pathLength[leaf]).toBeCloseTo(1 + averagePathLength(32), 12);
    }
  });

  it('refuses a table without rows or columns', async () => {
    await expect(fitCutForest('fairCut', matrixOf(1, []), seededRandom(1))).rejects.toMatchObject({ code: 'input' });
  });

  it('can be cancelled between trees', async () => {
    const controller = new AbortController();
    const call = fitCutForest('sci', normalMatrix(2000, 10, 1), seededRandom(1), {
      signal: controller.signal,
      onProgress: ({ done }) => done === 3 && controller.abort(),
    });
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('cuts of numbers far out', () => {
  // 200 standard normal rows and one at 50,000, which is drawn in to 51.
  const far = (columns: number): Matrix => {
    const matrix = normalMatrix(201, columns, 3);
    matrix.values[200 * columns] = 50_000;
    return matrix;
  };

  it.each(['standard', 'density', 'pooledGain'] as const)('%s: fall among the bulk too', async (recipe) => {
    const forest = await fitCutForest(recipe, far(1), seededRandom(5), {}, { trees: 400 });
    const size = 2 ** forest.depth;
    let inBulk = 0;
    for (let tree = 0; tree < 400; tree++) if ((forest.threshold[tree * size + 1] ?? 0) < 5) inBulk++;
    // Every row is in every tree. Of uniform cuts 7 or 8 in 54 fall among the 200, of pooledGain's a quarter as many: 4
    // of 400 or fewer has a probability below .003 even there. Of values as they are 1 in 7,000 would.
    expect(inBulk).toBeGreaterThan(4);
  });

  it.each(['extended', 'sci'] as const)('%s: are left as they are', async (recipe) => {
    expect(RECIPES[recipe].far).toBe(Number.POSITIVE_INFINITY);
    const forest = await fitCutForest(recipe, far(2), seededRandom(5), {}, { trees: 20 });
    expect((await scoreCutForest(forest, far(2))).every(Number.isFinite)).toBe(true);
  });
});

describe('leaf values of log density', () => {
  it('are ln(share of rows / share of width) of a single cut', async () => {
    // Rows 0, 0, 0, 1: whatever the threshold t, 3/4 of the rows lie in t of the width.
    const matrix = matrixOf(1, [0, 0, 0, 1]);
    const forest = await fitCutForest('density', matrix, seededRandom(1), {}, { trees: 10 });
    const size = 2 ** forest.depth;
    for (let tree = 0; tree < 10; tree++) {
      const t = forest.threshold[tree * size + 1] ?? Number.NaN;
      const left = forest.pathLength[tree * size] ?? Number.NaN;
      const right = forest.pathLength[tree * size + size - 1] ?? Number.NaN;
      expect(left).toBeCloseTo(Math.log(0.75 / t), 5);
      expect(right).toBeCloseTo(Math.log(0.25 / (1 - t)), 5);
    }
  });

  it('measure widths as thresholds are drawn: beyond the bound of 5 by the logarithm', async () => {
    // 5 e³ is drawn in to 5 (1 + 3) = 20.
    const matrix = matrixOf(1, [0, 0, 0, 5 * Math.E ** 3]);
    const forest = await fitCutForest('density', matrix, seededRandom(1), {}, { trees: 40 });
    const size = 2 ** forest.depth;
    const thresholds = Array.from({ length: 40 }, (_, tree) => forest.threshold[tree * size + 1] ?? Number.NaN);
    thresholds.forEach((t, tree) => {
      const width = (t > 5 ? 5 * (1 + Math.log(t / 5)) : t) / 20;
      expect(forest.pathLength[tree * size]).toBeCloseTo(Math.log(0.75 / width), 4);
      expect(forest.pathLength[tree * size + size - 1]).toBeCloseTo(Math.log(0.25 / (1 - width)), 4);
    });
    expect(Math.max(...thresholds)).toBeGreaterThan(5);
    expect(Math.min(...thresholds)).toBeLessThan(5);
  });
});
