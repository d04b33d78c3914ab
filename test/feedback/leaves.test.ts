import { expect, test } from 'vitest';
import { leavesOf } from '../../core/feedback/index.ts';
import { likenessTo } from '../../core/feedback/likeness.ts';
import { fitForest, sumPathLengths } from '../../core/detect/isolation-forest/index.ts';
import { makePace } from '../../core/detect/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import { matrixOf, normalMatrix } from '../detect/tables.ts';

test('a row goes right above a threshold and, where it is missing, as the node says', async () => {
  const forest = {
    trees: 2,
    depth: 2,
    // Slots 1 to 3 of each tree: root, its left, its right child.
    feature: Uint16Array.of(0, 0, 1, 1, 0, 1, 0, 0),
    threshold: Float32Array.of(0, 1, 5, 7, 0, 2, Infinity, 9),
    missingRight: Uint8Array.of(0, 1, 0, 1, 0, 0, 0, 0),
  };
  const rows = matrixOf(2, [0, 5, 2, 5, 2, 8, Number.NaN, Number.NaN, 1, 6]);
  const { leaf, leavesPerTree } = await leavesOf(forest, rows, makePace({}));
  expect(leavesPerTree).toBe(4);
  expect([...leaf]).toEqual([0, 2, 3, 3, 1, 2, 2, 2, 0, 2]);
});

test('rows find the leaves in which the forest itself puts them', async () => {
  const matrix = normalMatrix(300, 3, 4, 20);
  const forest = await fitForest(matrix, seededRandom(2), {}, { trees: 9 });
  const { leaf, leavesPerTree } = await leavesOf(forest, matrix, makePace({}));
  const lengths = Float64Array.from({ length: 300 }, (_, row) => {
    let sum = 0;
    for (let tree = 0; tree < 9; tree++) {
      sum += forest.pathLength[tree * leavesPerTree + (leaf[tree * 300 + row] ?? 0)] ?? 0;
    }
    return sum;
  });
  const sums = await sumPathLengths(forest, matrix, {});
  lengths.forEach((length, row) => expect(length).toBeCloseTo(sums[row] ?? 0, 9));
});

test('likeness is the share of leaves in common', () => {
  const leaves = { rows: 3, trees: 4, leavesPerTree: 4, leaf: Uint8Array.of(0, 0, 1, 2, 2, 2, 3, 1, 3, 0, 1, 1) };
  const into = new Float64Array(2);
  likenessTo(leaves, [0, 2])(1, into);
  expect([...into]).toEqual([0.5, 0.5]);
  likenessTo({ rows: 3, trees: 0, leavesPerTree: 1, leaf: new Uint8Array(0) }, [0, 2])(1, into);
  expect([...into]).toEqual([0, 0]);
});
