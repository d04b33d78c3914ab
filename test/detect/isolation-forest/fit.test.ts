import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePathLength, fitForest, scoreForest, type Forest } from '../../../core/detect/isolation-forest/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

const coverOf = (forest: Forest, tree: number): number => {
  const size = 2 ** forest.depth;
  return forest.cover.subarray(tree * size, (tree + 1) * size).reduce((a, b) => a + b, 0);
};

describe('fitForest', () => {
  it('makes trees of depth 8 from 256 rows, all of them in the leaves', async () => {
    const forest = await fitForest(normalMatrix(1000, 3, 1), seededRandom(1), {}, { trees: 7 });
    expect(forest.depth).toBe(8);
    expect(forest.sampleSize).toBe(256);
    for (let tree = 0; tree < 7; tree++) expect(coverOf(forest, tree)).toBe(256);
  });

  it('isolates two points with one cut: path 1, score 2^(−1 / c(2)) = 0.5', async () => {
    const matrix = matrixOf(1, [0, 1]);
    const forest = await fitForest(matrix, seededRandom(1), {}, { trees: 5 });
    expect([...(await scoreForest(forest, matrix))]).toEqual([0.5, 0.5]);
  });

  it('cuts only on features that vary, and ends at rows that are all alike', async () => {
    const values = Array.from({ length: 64 }, (_, i) => [3, i % 2, 7]).flat();
    const forest = await fitForest(matrixOf(3, values), seededRandom(2), {}, { trees: 20 });
    forest.threshold.forEach((threshold, slot) => {
      if (threshold !== Number.POSITIVE_INFINITY) expect(forest.feature[slot]).toBe(1);
    });
    expect(forest.pathLength[0]).toBeCloseTo(1 + averagePathLength(32), 12);
  });

  it('gives equal scores to rows that are all equal', async () => {
    const matrix = matrixOf(2, new Float32Array(100).fill(4));
    const scores = await scoreForest(await fitForest(matrix, seededRandom(3)), matrix);
    expect(new Set(scores).size).toBe(1);
  });

  it('draws features and rows uniformly', async () => {
    // Root features of 3,000 trees over 5 columns: chi-square with 4 degrees of freedom, 27.9 is
    // exceeded once in 100,000 honest draws.
    const trees = 3000;
    const forest = await fitForest(normalMatrix(300, 5, 4), seededRandom(4), {}, { trees });
    const counts = new Float64Array(5);
    for (let tree = 0; tree < trees; tree++) {
      const feature = forest.feature[tree * 2 ** forest.depth + 1] ?? 0;
      counts[feature] = (counts[feature] ?? 0) + 1;
    }
    const chi = counts.reduce((sum, count) => sum + (count - trees / 5) ** 2 / (trees / 5), 0);
    expect(chi).toBeLessThan(27.9);
  });

  it('skips constant features without bias: the varying ones stay equally likely', async () => {
    // Columns 0 and 3 vary, 1 and 2 do not. Chi-square with 1 degree of freedom below 19.5:
    // exceeded once in 100,000. Trying the neighbour of a constant column would give 1 : 3.
    const random = seededRandom(5);
    const values = Array.from({ length: 300 }, () => [random.float(), 1, 1, random.float()]);
    const trees = 3000;
    const matrix = matrixOf(4, values.flat());
    const forest = await fitForest(matrix, seededRandom(6), {}, { trees });
    let first = 0;
    for (let tree = 0; tree < trees; tree++) {
      if (forest.feature[tree * 2 ** forest.depth + 1] === 0) first++;
    }
    expect((first - trees / 2) ** 2 / (trees / 4)).toBeLessThan(19.5);
  });

  it('draws thresholds uniformly between the ends of the node, these drawn in beyond 5', async () => {
    // One column from 0 to 5 e³, drawn in to 20: a quarter of the thresholds is below 5, half below 5 e. Of values as
    // they are, 5 % and 14 % would be. Over 4,000 trees within 5 standard errors: exceeded less than once in a million.
    const trees = 4000;
    const forest = await fitForest(matrixOf(1, [0, 5 * Math.E ** 3]), seededRandom(31), {}, { trees });
    const below = (limit: number): number => {
      let count = 0;
      for (let tree = 0; tree < trees; tree++)
        if ((forest.threshold[tree * 2 ** forest.depth + 1] ?? 0) < limit) count++;
      return count / trees;
    };
    expect(Math.abs(below(5) - 0.25)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / trees));
    expect(Math.abs(below(5 * Math.E) - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / trees));
  });

  it('finds the rows that lie apart', async () => {
    const matrix = normalMatrix(500, 4, 7, 5);
    const scores = await scoreForest(await fitForest(matrix, seededRandom(7)), matrix);
    const last = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 5);
    expect(last.sort()).toEqual([495, 496, 497, 498, 499]);
  });

  it('keeps every score in (0, 1), whatever the numbers, missing ones among them', async () => {
    const cell = fc.oneof(fc.float(), fc.constant(Number.NaN), fc.constantFrom(0, 1e30, -1e-30));
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer(), async (cells, seed) => {
        const matrix = matrixOf(3, cells.flat());
        const forest = await fitForest(matrix, seededRandom(seed), {}, { trees: 6 });
        for (let tree = 0; tree < 6; tree++) expect(coverOf(forest, tree)).toBe(cells.length);
        for (const score of await scoreForest(forest, matrix)) {
          expect(score).toBeGreaterThan(0);
          expect(score).toBeLessThan(1);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('does not depend on the unit of a column without far values, up to rounding', async () => {
    const matrix = normalMatrix(400, 3, 8, 4, 1.5);
    const moved = matrixOf(
      3,
      matrix.values.map((value, at) => (at % 3 === 1 ? value / 64 : value)),
    );
    const a = await scoreForest(await fitForest(matrix, seededRandom(8)), matrix);
    const b = await scoreForest(await fitForest(moved, seededRandom(8)), moved);
    expect([...b]).toEqual([...a]);
  });

  it('refuses an empty table', async () => {
    await expect(fitForest(matrixOf(1, []), seededRandom(1))).rejects.toMatchObject({
      code: 'input',
    });
  });
});

describe('missing values', () => {
  it('do not make a row stand out: alike in what they lack, such rows score lower', async () => {
    for (const seed of [1, 2, 3]) {
      const gaps = normalMatrix(1000, 2, seed);
      for (let row = 0; row < 300; row++) gaps.values[row * 2] = Number.NaN;
      const scores = await scoreForest(await fitForest(gaps, seededRandom(seed)), gaps);
      const mean = (from: number, to: number): number =>
        scores.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);
      expect(mean(0, 300)).toBeLessThan(mean(300, 1000));
    }
  });

  it('go right with the probability of the share of rows there', async () => {
    // One column, uniform on 0–1: a root cut at t leaves 1 − t of the rows to the right. Over 4,000
    // trees the share of cuts that send missing values right is 1/2, and within cuts above 0.8 it is
    // about 0.1. The bounds are 5 standard errors: exceeded less than once in a million.
    const random = seededRandom(21);
    const matrix = matrixOf(
      1,
      Array.from({ length: 2000 }, () => random.float()),
    );
    const trees = 4000;
    const forest = await fitForest(matrix, seededRandom(22), {}, { trees });
    const share = (from: number, to: number): { readonly right: number; readonly cuts: number } => {
      let right = 0;
      let cuts = 0;
      for (let tree = 0; tree < trees; tree++) {
        const root = tree * 2 ** forest.depth + 1;
        const threshold = forest.threshold[root] ?? 0;
        if (threshold < from || threshold >= to) continue;
        cuts++;
        right += forest.missingRight[root] ?? 0;
      }
      return { right: right / cuts, cuts };
    };
    const all = share(0, 1);
    expect(Math.abs(all.right - 0.5)).toBeLessThan((5 * 0.5) / Math.sqrt(all.cuts));
    const high = share(0.8, 1);
    expect(Math.abs(high.right - 0.1)).toBeLessThan((5 * 0.3) / Math.sqrt(high.cuts));
  });
});
