import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, solveLower, solveUpper } from '../../../core/math/index.ts';
import { makeConsistent, roundTree, sumTree, type SumTree } from '../../../core/release/hierarchy/index.ts';

const leavesOf = (tree: SumTree): { from: number; count: number } => {
  const from = tree.levelStart.at(-2) ?? 0;
  return { from, count: tree.parent.length - from };
};

/** Which leaves each node is the sum of: the design matrix of the regression. */
const designOf = (tree: SumTree): number[][] => {
  const { from, count } = leavesOf(tree);
  const design = Array.from(tree.parent, () => Array<number>(count).fill(0));
  for (let leaf = 0; leaf < count; leaf++) {
    for (let node = from + leaf; node >= 0; node = tree.parent[node] ?? -1) design[node]![leaf] = 1;
  }
  return design;
};

const solve = (matrix: number[][], right: number[]): number[] => {
  const factor = cholesky(Float64Array.from(matrix.flat()), right.length);
  if (factor === undefined) throw new Error('not positive definite');
  const half = Float64Array.from(right);
  solveLower(factor, right.length, half);
  solveUpper(factor, right.length, half);
  return [...half];
};

/** Days → weeks → total with random weeks. */
const trees = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }).map((weeks) =>
  sumTree(
    weeks.reduce((a, b) => a + b, 0),
    [weeks.flatMap((days, week) => Array<number>(days).fill(week))],
  ),
);

const numbered = trees.chain((tree) =>
  fc.record({
    tree: fc.constant(tree),
    value: fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
      minLength: tree.parent.length,
      maxLength: tree.parent.length,
    }),
    variance: fc.array(fc.double({ min: 0.1, max: 20, noNaN: true }), {
      minLength: tree.parent.length,
      maxLength: tree.parent.length,
    }),
    unmeasured: fc.array(fc.boolean(), { minLength: tree.parent.length, maxLength: tree.parent.length }),
  }),
);

const addsUp = (tree: SumTree, value: ArrayLike<number>, digits: number): void => {
  const sums = new Float64Array(tree.parent.length);
  for (let node = tree.parent.length - 1; node > 0; node--) sums[tree.parent[node]!]! += value[node]!;
  for (let node = 0; node < leavesOf(tree).from; node++) expect(sums[node]).toBeCloseTo(value[node] ?? 0, digits);
};

describe('makeConsistent', () => {
  it('by hand: a total of 10 with variance 1 over leaves 3 and 5 with variance 1', () => {
    const tree = sumTree(2);
    const { value, variance } = makeConsistent(tree, {
      value: Float64Array.of(10, 3, 5),
      variance: Float64Array.of(1, 1, 1),
    });
    // root: (2 · 10 + 1 · 8) / 3; the excess 4/3 goes to both leaves alike
    expect([...value]).toEqual([28 / 3, 3 + 2 / 3, 5 + 2 / 3].map((x) => expect.closeTo(x, 12)));
    expect([...variance]).toEqual([2 / 3, 2 / 3, 2 / 3].map((x) => expect.closeTo(x, 12)));
  });

  it('leaves only: sums of leaves, variances added', () => {
    const tree = sumTree(3, [[0, 0, 1]]);
    const none = Number.POSITIVE_INFINITY;
    const { value, variance } = makeConsistent(tree, {
      value: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, 1, 2, 4),
      variance: Float64Array.of(none, none, none, 2, 2, 2),
    });
    expect([...value]).toEqual([7, 3, 4, 1, 2, 4]);
    expect([...variance]).toEqual([6, 4, 2, 2, 2, 2]);
  });

  it('is the least squares solution with its variances, on any tree (normal equations)', () => {
    fc.assert(
      fc.property(numbered, ({ tree, value, variance, unmeasured }) => {
        const { from, count } = leavesOf(tree);
        const given = variance.map((v, node) => (node < from && unmeasured[node] ? Number.POSITIVE_INFINITY : v));
        const design = designOf(tree);
        const range = Array.from({ length: count }, (_, i) => i);
        const weigh = (f: (node: number) => number) =>
          design.reduce((sum, _, node) => sum + f(node) / (given[node] ?? 1), 0);
        const normal = range.map((i) => range.map((j) => weigh((node) => design[node]![i]! * design[node]![j]!)));
        const leaves = solve(
          normal,
          range.map((i) => weigh((node) => design[node]![i]! * value[node]!)),
        );
        const fitted = makeConsistent(tree, { value: Float64Array.from(value), variance: Float64Array.from(given) });
        design.forEach((row, node) => {
          const expected = row.reduce((sum, x, i) => sum + x * leaves[i]!, 0);
          expect(fitted.value[node]).toBeCloseTo(expected, 7);
          const spread = solve(normal, row);
          expect(fitted.variance[node]).toBeCloseTo(
            row.reduce((sum, x, i) => sum + x * spread[i]!, 0),
            7,
          );
        });
        addsUp(tree, fitted.value, 7);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses leaves that were not measured', () => {
    const value = Float64Array.of(1, 1, 1);
    const variance = Float64Array.of(1, 1, Number.POSITIVE_INFINITY);
    expect(() => makeConsistent(sumTree(2), { value, variance })).toThrow('not measured');
  });
});

describe('roundTree', () => {
  it.each([true, false])('whole numbers that add up, close to the given ones (none below 0: %s)', (nonNegative) => {
    fc.assert(
      fc.property(numbered, ({ tree, value, variance }) => {
        const fitted = makeConsistent(tree, { value: Float64Array.from(value), variance: Float64Array.from(variance) });
        const rounded = roundTree(tree, fitted.value, nonNegative);
        addsUp(tree, rounded, 10);
        expect(rounded.every(Number.isInteger)).toBe(true);
        if (nonNegative) expect(rounded.every((x) => x >= 0)).toBe(true);
        else rounded.forEach((x, node) => expect(Math.abs(x - fitted.value[node]!)).toBeLessThan(2.5));
      }),
    );
  });

  it('leaves whole numbers that add up as they are', () => {
    const tree = sumTree(3, [[0, 0, 1]]);
    const value = Float64Array.of(7, 3, 4, 1, 2, 4);
    expect([...roundTree(tree, value, true)]).toEqual([...value]);
  });

  it('takes what is below 0 from the larger siblings', () => {
    expect([...roundTree(sumTree(3), Float64Array.of(9, -2, 4, 7), true)]).toEqual([9, 0, 3, 6]);
  });
});

describe('sumTree', () => {
  it('days, weeks, total', () => {
    const tree = sumTree(5, [[0, 0, 0, 1, 1]]);
    expect([...tree.parent]).toEqual([-1, 0, 0, 1, 1, 1, 2, 2]);
    expect(tree.levelStart).toEqual([0, 1, 3, 8]);
    expect(tree.leavesPerNode).toEqual([5, 3, 1]);
    expect([...tree.children.subarray(0, 3)]).toEqual([2, 3, 2]);
  });

  it.each([[[0, 1, 0]], [[0, 2, 2]], [[1, 1, 1]], [[0, 0]]])('refuses a grouping that is none: %j', (grouping) => {
    expect(() => sumTree(3, [grouping])).toThrow('grouping');
  });
});
