import { describe, expect, it } from 'vitest';
import { fitKnn, knn, scoreKnn } from '../../../core/detect/knn/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

describe('knn', () => {
  itKeepsTheLaws(knn, { sum: 'at most score' });

  it('is the mean distance to groups, each with its own spread, of the last one as much as is wanted', async () => {
    // Groups {0 ×5} and {10, 12, 14, 16, 18}: centres 0 and 14, spreads 0 and 8. Of 7 neighbours of 4, five lie in the
    // first at distance 4, two in the second at √(10² + 8).
    const matrix = matrixOf(1, [0, 0, 0, 0, 0, 10, 12, 14, 16, 18]);
    const model = { ...(await fitKnn(matrix, seededRandom(1))), neighbours: 7 };
    const scores = await scoreKnn(model, matrixOf(1, [4]));
    expect(scores[0]).toBeCloseTo((5 * 4 + 2 * Math.sqrt(108)) / 7, 6);
  });

  it('is close to the mean distance to the rows themselves', async () => {
    // Five groups of 5 against 25 rows: in three columns the means over 1,000 rows agree within a few hundredths.
    const matrix = normalMatrix(1000, 3, 1);
    const model = await fitKnn(matrix, seededRandom(1), {}, { neighbours: 25 });
    const scores = await scoreKnn(model, matrix);
    const plain = Float64Array.from({ length: 1000 }, (_, i) => {
      const distances = Float64Array.from({ length: 1000 }, (_unused, o) =>
        Math.hypot(...[0, 1, 2].map((j) => (matrix.values[i * 3 + j] ?? 0) - (matrix.values[o * 3 + j] ?? 0))),
      ).sort();
      return distances.subarray(1, 26).reduce((a, b) => a + b, 0) / 25;
    });
    const mean = (values: Float64Array): number => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(scores) / mean(plain)).toBeGreaterThan(0.9);
    expect(mean(scores) / mean(plain)).toBeLessThan(1.25);
  });
});
