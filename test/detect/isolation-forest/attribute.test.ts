import { describe, expect, it } from 'vitest';
import { averagePathLength, fitForest, scoreForest } from '../../../core/detect/isolation-forest/index.ts';
import { attributeCutForest } from '../../../core/detect/forests/attribute.ts';
import { plainCutForest } from '../../../core/detect/forests/cut-forest.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

describe('attributeCutForest of a plain forest', () => {
  it('adds up to the difference of path lengths, with and without missing values', async () => {
    const values = Float32Array.from(normalMatrix(300, 3, 1, 3).values);
    for (let at = 0; at < values.length; at += 11) values[at] = Number.NaN;
    const matrix = matrixOf(3, values);
    const forest = await fitForest(matrix, seededRandom(1), {}, { trees: 50 });
    const scores = await scoreForest(forest, matrix);
    const credit = await attributeCutForest(plainCutForest(forest, 'standard'), matrix);
    const size = 2 ** forest.depth;
    let mean = 0;
    forest.pathLength.forEach((length, slot) => {
      mean += (length * (forest.cover[slot] ?? 0)) / (forest.sampleSize * forest.trees);
    });
    expect(forest.cover.length).toBe(50 * size);
    const c = averagePathLength(forest.sampleSize);
    scores.forEach((score, row) => {
      const own = credit.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b, 0);
      // score = 2^(−E[h] / c), so E[h] / c = −log2 score
      expect(own).toBeCloseTo(mean / c + Math.log2(score), 9);
    });
  });

  it('credits the feature in which a row is odd, on either side', async () => {
    const matrix = normalMatrix(500, 6, 2);
    matrix.values[6 * 10 + 4] = 9;
    matrix.values[6 * 20 + 1] = -9;
    const forest = await fitForest(matrix, seededRandom(2));
    const credit = await attributeCutForest(plainCutForest(forest, 'standard'), matrix);
    const top = (row: number): number => {
      const own = credit.subarray(row * 6, row * 6 + 6);
      return own.indexOf(Math.max(...own));
    };
    expect(top(10)).toBe(4);
    expect(top(20)).toBe(1);
  });

  it('passes the deletion test: without its top feature a row scores lower', async () => {
    // 40 odd rows, each in one feature of 8. Putting the credited feature at the median must lower
    // the score of every one.
    const matrix = normalMatrix(1000, 8, 3);
    for (let k = 0; k < 40; k++) matrix.values[k * 8 + (k % 8)] = k % 2 === 0 ? 8 : -8;
    const forest = await fitForest(matrix, seededRandom(3));
    const before = await scoreForest(forest, matrix);
    const credit = await attributeCutForest(plainCutForest(forest, 'standard'), matrix);
    const cured = matrixOf(8, matrix.values);
    for (let k = 0; k < 40; k++) {
      const own = credit.subarray(k * 8, k * 8 + 8);
      cured.values[k * 8 + own.indexOf(Math.max(...own))] = 0;
    }
    const after = await scoreForest(forest, cured);
    for (let k = 0; k < 40; k++) expect(after[k]).toBeLessThan(before[k] ?? 0);
  });
});
