import { describe, expect, it } from 'vitest';
import { fitPca, pca, scorePca } from '../../../core/detect/pca/index.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { itKeepsTheLaws } from '../peer-laws.ts';
import { matrixOf } from '../tables.ts';

describe('pca', () => {
  itKeepsTheLaws(pca, { sum: 'score' });

  it('takes the major and the minor components, each over its standard deviation', async () => {
    // Two columns that agree but for one row pair: correlation r, variances 1 + r along (1, 1) and 1 − r along (1, −1).
    const cells = [1, 1, -1, -1, 2, 2, -2, -2, 1, 0.5, -1, -0.5];
    const [sx, sy] = [Math.sqrt(12 / 6), Math.sqrt(10.5 / 6)];
    const r = (1 + 1 + 4 + 4 + 0.5 + 0.5) / 6 / (sx * sy);
    const model = await fitPca(matrixOf(2, cells), seededRandom(1));
    expect(model.directions).toBe(2);
    const [x, y] = [3 / sx, -1 / sy];
    const expected = Math.sqrt((x + y) ** 2 / 2 / (1 + r) + (x - y) ** 2 / 2 / (1 - r));
    expect((await scorePca(model, matrixOf(2, [3, -1])))[0]).toBeCloseTo(expected, 6);
  });

  it('leaves out what lies between', async () => {
    // Independent columns of equal variance: the first half of the components carries half the variance, none is minor.
    const random = seededRandom(2);
    const cells = Array.from({ length: 4000 * 4 }, () => random.normal());
    const model = await fitPca(matrixOf(4, cells), seededRandom(1));
    expect(model.directions).toBe(2);
  });
});
