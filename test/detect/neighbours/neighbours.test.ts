import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  groupSizeFor,
  microaggregate,
  nearestCentres,
  REFERENCE_ROWS,
  referenceOf,
  type Centres,
} from '../../../core/detect/neighbours/index.ts';
import { seededRandom, shuffled } from '../../../core/random/index.ts';
import { peerGolden, worstDifference } from '../peer-golden.ts';
import { matrixOf, normalMatrix } from '../tables.ts';

const centresOf = (columns: number, values: ArrayLike<number>): Centres => {
  const count = values.length / columns;
  const [weights, scatter] = [new Float32Array(count).fill(1), new Float64Array(count)];
  return { count, columns, values: Float32Array.from(values), weights, scatter };
};

const all = (rows: number): Uint32Array => Uint32Array.from({ length: rows }, (_, i) => i);

describe('microaggregate', () => {
  it('halves at the median of the widest column and keeps means, sizes and spreads', () => {
    const matrix = matrixOf(2, [0, 0, 0, 2, 10, 0, 10, 4]);
    const centres = microaggregate(matrix, all(4), 2);
    expect([...centres.values]).toEqual([0, 1, 10, 2]);
    expect([...centres.weights]).toEqual([2, 2]);
    expect([...centres.scatter]).toEqual([1, 4]);
  });

  it('puts every row in one group of at least the size, whose centres have the mean of all', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 300 }),
        fc.integer({ min: 1, max: 9 }),
        fc.integer(),
        (rows, size, seed) => {
          const matrix = normalMatrix(rows, 3, seed);
          const { count, weights, values } = microaggregate(matrix, all(rows), size);
          expect(weights.reduce((a, b) => a + b, 0)).toBe(rows);
          if (rows >= size) expect(Math.min(...weights)).toBeGreaterThanOrEqual(size);
          expect(Math.max(...weights)).toBeLessThan(Math.max(2 * size, rows < size ? rows + 1 : 0));
          let [ofCentres, ofRows] = [0, 0];
          for (let g = 0; g < count; g++) ofCentres += ((weights[g] ?? 0) * (values[g * 3] ?? 0)) / rows;
          for (let i = 0; i < rows; i++) ofRows += (matrix.values[i * 3] ?? 0) / rows;
          expect(ofCentres).toBeCloseTo(ofRows, 5);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('counts a missing value as 0', () => {
    const { values } = microaggregate(matrixOf(1, [Number.NaN, 4]), all(2), 5);
    expect([...values]).toEqual([2]);
  });
});

describe('nearestCentres', () => {
  const { columns, nearest, values, probe } = peerGolden;

  it('finds what scikit-learn finds', async () => {
    const found = await nearestCentres(centresOf(columns, values), matrixOf(columns, probe), nearest.k, 'test');
    expect([...found.index]).toEqual(nearest.index);
    expect(worstDifference(found.distance, nearest.distance)).toBeLessThan(1e-6);
  });

  it('agrees with comparing everything with everything, at any width and number', async () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 9 }),
      centres: fc.integer({ min: 1, max: 12 }),
      columns: fc.integer({ min: 1, max: 5 }),
      k: fc.integer({ min: 1, max: 6 }),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ rows, centres, columns: width, k, seed }) => {
        const [from, to] = [normalMatrix(centres, width, seed), normalMatrix(rows, width, seed + 1)];
        const found = await nearestCentres(centresOf(width, from.values), to, k, 'test');
        expect(found.k).toBe(Math.min(k, centres));
        for (let row = 0; row < rows; row++) {
          const distances = Array.from({ length: centres }, (_, c) => {
            let sum = 0;
            for (let j = 0; j < width; j++)
              sum += ((to.values[row * width + j] ?? 0) - (from.values[c * width + j] ?? 0)) ** 2;
            return Math.sqrt(sum);
          }).sort((a, b) => a - b);
          const own = found.distance.subarray(row * found.k, (row + 1) * found.k);
          expect(worstDifference(own, distances.slice(0, found.k))).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('takes the first of equally near centres', async () => {
    const found = await nearestCentres(centresOf(1, [5, 1, 1, -1, 1]), matrixOf(1, [0]), 3, 'test');
    expect([...found.index]).toEqual([1, 2, 3]);
  });
});

describe('what rows are compared with', () => {
  it('is bounded: 5,000 rows in groups of five, larger groups where the table asks for it', () => {
    expect(groupSizeFor(100, 10)).toBe(5);
    expect(groupSizeFor(1_000_000, 30)).toBe(5);
    expect(groupSizeFor(1_000_000, 60)).toBe(10);
    expect(groupSizeFor(1_000_000, 600)).toBe(100);
    expect(groupSizeFor(100_000_000, 60)).toBe(1000);
    for (const [rows, columns] of [
      [20, 2],
      [1e5, 500],
      [1e6, 60],
      [1e7, 200],
    ] as const) {
      const centres = Math.min(rows, REFERENCE_ROWS) / groupSizeFor(rows, columns);
      expect(rows * columns * centres).toBeLessThanOrEqual(3e10);
    }
  });

  it('parts equal values at random, not in the order of rows', () => {
    // 300 of 400 rows are equal in the column that is halved; the other one tells the first 150 of them from the rest. In
    // the order of rows the first group would hold 50 of the second kind among 200; at random 100, standard deviation 6.
    const cells = Array.from({ length: 400 }, (_, i) => [i < 300 ? 0 : 50, i < 150 ? 0 : 0.001]).flat();
    const { values, count } = microaggregate(matrixOf(2, cells), shuffled(all(400), seededRandom(1)), 150);
    expect(count).toBe(2);
    const first = values[0] === 0 ? 0 : 1;
    expect((values[first * 2 + 1] ?? 0) / 0.001).toBeGreaterThan(0.35);
    const same = referenceOf(matrixOf(1, new Float32Array(400).fill(1)), seededRandom(1));
    expect(same.weights.reduce((a, b) => a + b, 0)).toBe(400);
  });
});
