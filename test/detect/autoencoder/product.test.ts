import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeProduct } from '../../../core/detect/autoencoder/kernel/product.ts';
import { TILE_COLUMNS, TILE_ROWS } from '../../../core/detect/autoencoder/kernel/product.ts';
import { seededRandom } from '../../../core/random/index.ts';

/** The definition: one number after the other, rounded to float32 after each product and each sum. */
const plain = (rows: number, columns: number, depth: number, a: Float32Array, b: Float32Array): Float32Array => {
  const c = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0;
      for (let k = 0; k < depth; k++) {
        sum = Math.fround(sum + Math.fround((a[i * depth + k] ?? 0) * (b[k * columns + j] ?? 0)));
      }
      c[i * columns + j] = sum;
    }
  }
  return c;
};

const numbers = (count: number, seed: number): Float32Array => {
  const random = seededRandom(seed);
  return Float32Array.from({ length: count }, () => 4 * random.float() - 2);
};

describe('product', () => {
  it('multiplies a literal table', () => {
    const { product, memory } = makeProduct(100);
    memory.set([1, 2, 3, 4, 5, 6, 7, 8], 0);
    memory.set([1, 0, -1, 2, 0, 0, 0, 10, 0, 1, 1, 0.5, 0, 0, 0, 20], 8);
    product(4, 8, 2, 0, 2, 1, 8, 8, 32, 8);
    expect([0, 1, 2, 3].map((row) => [...memory.subarray(32 + 8 * row, 40 + 8 * row)])).toEqual([
      [1, 2, 1, 3, 0, 0, 0, 50],
      [3, 4, 1, 8, 0, 0, 0, 110],
      [5, 6, 1, 13, 0, 0, 0, 170],
      [7, 8, 1, 18, 0, 0, 0, 230],
    ]);
  });

  it('has the bits of the plain loop, for every size and for a transposed left side', () => {
    const sizes = fc.record({
      rows: fc.integer({ min: 1, max: 5 }).map((n) => n * TILE_ROWS),
      columns: fc.integer({ min: 1, max: 4 }).map((n) => n * TILE_COLUMNS),
      depth: fc.integer({ min: 1, max: 40 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(sizes, ({ rows, columns, depth, seed }) => {
        const a = numbers(rows * depth, seed);
        const b = numbers(depth * columns, seed + 1);
        const [atB, atC] = [rows * depth, rows * depth + depth * columns];
        const expected = [...plain(rows, columns, depth, a, b)];
        const { product, memory } = makeProduct(atC + rows * columns);
        memory.set(b, atB);
        memory.set(a);
        product(rows, columns, depth, 0, depth, 1, atB, columns, atC, columns);
        expect([...memory.subarray(atC, atC + rows * columns)]).toEqual(expected);
        memory.set(a.map((_, at) => a[(at % rows) * depth + Math.floor(at / rows)] ?? 0));
        product(rows, columns, depth, 0, 1, rows, atB, columns, atC, columns);
        expect([...memory.subarray(atC, atC + rows * columns)]).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('writes nothing beside the result', () => {
    const { product, memory } = makeProduct(200);
    memory.fill(7);
    product(4, 8, 3, 0, 3, 1, 12, 8, 100, 10);
    const written = [0, 1, 2, 3].flatMap((row) => Array.from({ length: 8 }, (_, j) => 100 + row * 10 + j));
    expect([...memory.subarray(0, 200).keys()].filter((at) => memory[at] !== 7)).toEqual(written);
  });
});
