import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averagePathLength, fitForest, type Forest } from '../../../core/detect/isolation-forest/index.ts';
import { gaussLegendre } from '../../../core/detect/isolation-forest/gauss-legendre.ts';
import { treeShap } from '../../../core/detect/isolation-forest/tree-shap.ts';
import { attributeCutForest } from '../../../core/detect/forests/attribute.ts';
import { plainCutForest } from '../../../core/detect/forests/cut-forest.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf, normalMatrix } from '../tables.ts';
import { importTrees, type SklearnTrees } from './sklearn-trees.ts';

type Golden = SklearnTrees & { readonly values: readonly number[]; readonly shap: readonly number[] };
/** What shap says of scikit-learn's forest: made by test/golden/tree-shap.py. */
const golden = JSON.parse(readFileSync(new URL('../../golden/tree-shap.json', import.meta.url), 'utf8')) as Golden;

/** Shapley values of one tree's path length by their definition: over all orders of the features. */
const byDefinition = (forest: Forest, x: readonly number[]): number[] => {
  const { depth, feature, threshold, pathLength, cover } = forest;
  const size = 2 ** depth;
  const rowsUnder = (node: number, level: number): number => {
    const width = 2 ** (depth - level);
    return cover.subarray(node * width - size, (node + 1) * width - size).reduce((a, b) => a + b, 0);
  };
  const expected = (known: ReadonlySet<number>, node = 1, level = 0): number => {
    if (level === depth || threshold[node] === Infinity) return pathLength[node * 2 ** (depth - level) - size] ?? 0;
    const left = expected(known, 2 * node, level + 1);
    const right = expected(known, 2 * node + 1, level + 1);
    const column = feature[node] ?? 0;
    if (known.has(column)) return (x[column] ?? 0) > (threshold[node] ?? 0) ? right : left;
    const [a, b] = [rowsUnder(2 * node, level + 1), rowsUnder(2 * node + 1, level + 1)];
    return (left * a + right * b) / (a + b);
  };
  const orders = (rest: readonly number[]): number[][] =>
    rest.length === 0 ? [[]] : rest.flatMap((j) => orders(rest.filter((k) => k !== j)).map((tail) => [j, ...tail]));
  const all = orders(x.map((_, j) => j));
  const values = x.map(() => 0);
  for (const order of all) {
    order.forEach((j, k) => {
      const before = new Set(order.slice(0, k));
      const gain = expected(new Set([...before, j])) - expected(before);
      values[j] = (values[j] ?? 0) + gain / all.length;
    });
  }
  return values;
};

describe('treeShap', () => {
  it('equals shap on scikit-learn trees to 1e-6', async () => {
    const forest = importTrees(golden);
    const credit = await treeShap(forest, matrixOf(golden.columns, golden.values));
    const c = averagePathLength(golden.sampleSize);
    expect(credit.length).toBe(golden.shap.length);
    credit.forEach((value, i) => expect(-value * c).toBeCloseTo(golden.shap[i] ?? Number.NaN, 6));
  });

  it('equals the definition over all orders of four features', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 1e6 }), async (seed) => {
        const matrix = normalMatrix(24, 4, seed, 2);
        const forest = await fitForest(matrix, seededRandom(seed), {}, { trees: 1, sampleSize: 24 });
        const rows = matrixOf(4, matrix.values.subarray(22 * 4));
        const credit = await treeShap(forest, rows);
        const c = averagePathLength(24);
        const defined = [0, 1].flatMap((row) => byDefinition(forest, [...rows.values.subarray(row * 4, row * 4 + 4)]));
        defined.forEach((value, i) => expect(-(credit[i] ?? 0) * c).toBeCloseTo(value, 9));
      }),
      { numRuns: 20 },
    );
  });

  it('adds up to what path attribution adds up to, missing values included', async () => {
    const values = Float32Array.from(normalMatrix(300, 12, 4, 3).values);
    for (let at = 0; at < values.length; at += 7) values[at] = Number.NaN;
    const matrix = matrixOf(12, values);
    const forest = await fitForest(matrix, seededRandom(1), {}, { trees: 20 });
    const exact = await treeShap(forest, matrix);
    const path = await attributeCutForest(plainCutForest(forest, 'standard'), matrix);
    const sum = (of: Float64Array, row: number): number => of.subarray(row * 12, row * 12 + 12).reduce((a, b) => a + b);
    for (let row = 0; row < 300; row++) expect(sum(exact, row)).toBeCloseTo(sum(path, row), 9);
  });
});

describe('gaussLegendre', () => {
  it('integrates t^k over (0, 1) exactly below degree 2n', () => {
    for (let n = 1; n <= 8; n++) {
      const { nodes, weights } = gaussLegendre(n);
      for (let k = 0; k < 2 * n; k++) {
        const integral = nodes.reduce((sum, t, q) => sum + (weights[q] ?? 0) * t ** k, 0);
        expect(integral).toBeCloseTo(1 / (k + 1), 13);
      }
    }
  });
});
