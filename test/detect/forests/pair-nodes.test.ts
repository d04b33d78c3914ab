import { describe, expect, it } from 'vitest';
import { attributeCutForest, fitCutForest } from '../../../core/detect/forests/index.ts';
import { nodeMeans } from '../../../core/detect/forests/node-means.ts';
import { leafUnit } from '../../../core/detect/forests/score.ts';
import { sumLeafValues } from '../../../core/detect/forests/sum.ts';
import { leafOf } from '../../../core/detect/forests/walk.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { normalMatrix } from '../tables.ts';

const COLUMNS = 5;
const matrix = normalMatrix(300, COLUMNS, 1);
matrix.values.forEach((_, at) => {
  if (at % 7 === 0) matrix.values[at] = Number.NaN;
});
/** Other rows: some without any value, some infinite. */
const others = normalMatrix(40, COLUMNS, 2);
others.values.forEach((value, at) => {
  if (at < 3 * COLUMNS || at % 4 === 0) others.values[at] = Number.NaN;
  else if (at % 9 === 0) others.values[at] = value / 0;
});
/** One by one; together; together, and at the end the last ten of which seven were added before. */
const WALKED = [6, 20, 13];
const cases = (['extended', 'sci', 'fairCut', 'guidedDensity'] as const).flatMap((recipe) =>
  WALKED.map((trees) => ({ recipe, trees })),
);

describe.each(cases)('nodes in pairs: $recipe, $trees trees', ({ recipe, trees }) => {
  const fit = () => fitCutForest(recipe, matrix, seededRandom(3), {}, { trees, sampleSize: 128 });

  it('lead to the leaves that single walks lead to, to the last bit of the sum', async () => {
    const forest = await fit();
    expect(forest.terms).toBe(2);
    const wanted = Float64Array.from({ length: others.rows }, (_, row) => {
      let sum = 0;
      for (let tree = 0; tree < trees; tree++) {
        sum += forest.pathLength[leafOf(forest, tree, others.values, row * COLUMNS)] ?? 0;
      }
      return sum;
    });
    expect(await sumLeafValues(forest, others)).toEqual(wanted);
  });

  it('credit in all what the walks change, also where values are missing', async () => {
    const forest = await fit();
    const gaps = { ...others, values: others.values.map((value) => (Number.isFinite(value) ? value : Number.NaN)) };
    const credit = await attributeCutForest(forest, gaps);
    const sums = await sumLeafValues(forest, gaps);
    const means = nodeMeans(forest);
    let atRoots = 0;
    for (let tree = 0; tree < trees; tree++) atRoots += means[2 * tree * forest.nodes] ?? 0;
    for (let row = 0; row < gaps.rows; row++) {
      const total = credit.subarray(row * COLUMNS, (row + 1) * COLUMNS).reduce((a, b) => a + b, 0);
      expect(total).toBeCloseTo((atRoots - (sums[row] ?? 0)) / (trees * leafUnit(forest)), 10);
    }
  });
});
