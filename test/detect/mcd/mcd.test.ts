import { describe, expect, it } from 'vitest';
import { fitMcd, mcd, scoreMcd } from '../../../core/detect/mcd/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { peerGolden, worstDifference } from '../peer-golden.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf, normalMatrix, rocAuc } from '../tables.ts';

describe('mcd', () => {
  itKeepsTheLaws(mcd, { sum: 'score' });

  it.each([1, 2, 3])('finds the location, covariance and distances of scikit-learn, seed %d', async (seed) => {
    const { columns, values, location, covariance, distance } = peerGolden.mcd;
    const matrix = matrixOf(columns, values);
    const model = await fitMcd(matrix, seededRandom(seed), {}, { ridge: 0, support: 0.75 });
    expect(worstDifference(model.location, location)).toBeLessThan(1e-6);
    const product = Float64Array.from({ length: columns * columns }, (_, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      let sum = 0;
      for (let k = 0; k < columns; k++)
        sum += (model.lower[i * columns + k] ?? 0) * (model.lower[j * columns + k] ?? 0);
      return sum;
    });
    expect(worstDifference(product, covariance)).toBeLessThan(1e-6);
    expect(worstDifference(await scoreMcd(model, matrix), distance)).toBeLessThan(1e-6);
  });

  it('is not drawn by a fifth of the rows that lie together far off, in small and large tables', async () => {
    for (const rows of [100, 700, 6000]) {
      const matrix = normalMatrix(rows, 4, rows, rows / 5, 9);
      const model = await fitMcd(matrix, seededRandom(1));
      for (const centre of model.location) expect(Math.abs(centre)).toBeLessThan(0.6);
      const scores = await scoreMcd(model, matrix);
      expect(
        rocAuc(
          scores,
          Uint8Array.from(scores, (_, i) => (i >= rows * 0.8 ? 1 : 0)),
        ),
      ).toBe(1);
    }
  });

  it('is consistent at the normal distribution: the mean squared distance is the number of columns', async () => {
    // 5,000 rows of 6 columns: the mean of χ² with 6 degrees of freedom has a standard error of 0.05; the ridge takes 2 %.
    const matrix = normalMatrix(5000, 6, 11);
    const scores = await scoreMcd(await fitMcd(matrix, seededRandom(2), {}, { ridge: 1e-6 }), matrix);
    const mean = scores.reduce((sum, score) => sum + score * score, 0) / 5000;
    expect(mean).toBeGreaterThan(5.7);
    expect(mean).toBeLessThan(6.3);
  });

  it('has fewer rows than columns without harm', async () => {
    const matrix = normalMatrix(20, 60, 12);
    const scores = await scoreMcd(await fitMcd(matrix, seededRandom(1)), matrix);
    expect([...scores].every((score) => Number.isFinite(score) && score > 0)).toBe(true);
  });
});
