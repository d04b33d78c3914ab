import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyForest, type Forest } from '../../../core/detect/isolation-forest/index.ts';
import { addPathLengths, columnByColumn, rowByRow } from '../../../core/detect/isolation-forest/traverse.ts';
import { seededRandom } from '../../../core/random/index.ts';
import { matrixOf } from '../tables.ts';

const NUMBERS = [0, -0, 1, -1, 0.1, 3e38, -3e38, 1e-45, Infinity, -Infinity, Number.NaN];

/** A forest of any shape: thresholds among the numbers that rows hold, branches that end early, path lengths of any sign. */
const anyForest = (seed: number, columns: number, trees: number, sampleSize: number): Forest => {
  const random = seededRandom(seed);
  const names = Array.from({ length: columns }, (_, j) => `f${j}`);
  const forest = emptyForest(names, trees, sampleSize);
  const finite = NUMBERS.filter((number) => Number.isFinite(number));
  forest.threshold.forEach((_, slot) => {
    forest.pathLength[slot] = random.normal();
    if (random.int(4) === 0) return;
    forest.threshold[slot] = finite[random.int(finite.length)] ?? 0;
    forest.feature[slot] = random.int(columns);
    forest.missingRight[slot] = random.int(2);
  });
  return forest;
};

/** The definition, one row and tree at a time. */
const plainSum = (forest: Forest, row: Float32Array, start: number): number => {
  const size = 2 ** forest.depth;
  let sum = start;
  for (let tree = 0; tree < forest.trees; tree++) {
    let node = 1;
    for (let level = 0; level < forest.depth; level++) {
      const slot = tree * size + node;
      const value = row[forest.feature[slot] ?? 0] ?? 0;
      const right = Number.isNaN(value) ? forest.missingRight[slot] === 1 : value > (forest.threshold[slot] ?? 0);
      node = 2 * node + (right ? 1 : 0);
    }
    sum += forest.pathLength[tree * size + node - size] ?? Number.NaN;
  }
  return sum;
};

describe('addPathLengths', () => {
  it('has the bits of a plain walk, for any forest, rows and range', () => {
    const shape = fc.record({
      seed: fc.integer(),
      columns: fc.integer({ min: 1, max: 7 }),
      trees: fc.integer({ min: 1, max: 11 }),
      sampleSize: fc.integer({ min: 2, max: 600 }),
      rows: fc.integer({ min: 1, max: 150 }),
      from: fc.nat(149),
    });
    fc.assert(
      fc.property(shape, ({ seed, columns, trees, sampleSize, rows, from }) => {
        const forest = anyForest(seed, columns, trees, sampleSize);
        const random = seededRandom(seed + 1);
        const values = Float32Array.from({ length: rows * columns }, () => NUMBERS[random.int(NUMBERS.length)] ?? 0);
        const before = Float64Array.from({ length: rows }, () => random.normal());
        const sums = Float64Array.from(before);
        addPathLengths(forest, rowByRow({ rows, columns, values }), Math.min(from, rows), rows, sums);
        const expected = before.map((start, row) =>
          row < from ? start : plainSum(forest, values.subarray(row * columns, (row + 1) * columns), start),
        );
        expect([...sums]).toEqual([...expected]);

        const capacity = rows + random.int(3);
        const turned = new Float32Array(columns * capacity);
        values.forEach((value, at) => (turned[(at % columns) * capacity + Math.floor(at / columns)] = value));
        const again = Float64Array.from(before);
        const batch = columnByColumn({ rows, columns, values: turned, capacity });
        addPathLengths(forest, batch, Math.min(from, rows), rows, again);
        expect([...again]).toEqual([...expected]);
      }),
      { numRuns: 300 },
    );
  });

  it('sends a missing value to the side its split remembers, also where the block before had none missing', () => {
    const forest = emptyForest(['a', 'b'], 2, 2);
    forest.feature.set([0, 1, 0, 1]);
    forest.threshold.set([Infinity, 5, Infinity, 5]);
    forest.missingRight.set([0, 0, 0, 1]);
    forest.pathLength.set([1, 2, 10, 20]);
    const rows = 65;
    const values = new Float32Array(2 * rows).fill(4);
    values[129] = Number.NaN;
    const sums = new Float64Array(rows);
    addPathLengths(forest, rowByRow({ rows, columns: 2, values }), 0, rows, sums);
    expect(sums[63]).toBe(11);
    expect(sums[64]).toBe(21);
  });

  it('keeps thousands of forests apart', () => {
    for (let k = 0; k < 3000; k++) {
      const forest = emptyForest(['a'], 1, 2);
      forest.pathLength.fill(k);
      const sums = new Float64Array(1);
      addPathLengths(forest, rowByRow(matrixOf(1, [1])), 0, 1, sums);
      expect(sums[0]).toBe(k);
    }
  });
});
