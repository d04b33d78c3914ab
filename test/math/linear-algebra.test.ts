import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cholesky, logDeterminant, solveLower, solveUpper, symmetricEigen } from '../../core/math/index.ts';
import { peerGolden, worstDifference } from '../detect/peer-golden.ts';

const { eigen } = peerGolden;
const square = Float64Array.from(eigen.matrix);

const symmetric = fc.integer({ min: 1, max: 12 }).chain((size) =>
  fc
    .array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: size * size, maxLength: size * size })
    .map((cells) => ({
      size,
      matrix: Float64Array.from(cells, (_, at) => {
        const [i, j] = [Math.floor(at / size), at % size];
        return cells[Math.min(i, j) * size + Math.max(i, j)] ?? 0;
      }),
    })),
);

describe('cholesky', () => {
  it('solves and gives the determinant as NumPy does', () => {
    const lower = cholesky(square, 4) ?? new Float64Array(16);
    expect(logDeterminant(lower, 4)).toBeCloseTo(eigen.logDet, 12);
    for (let j = 0; j < 4; j++) {
      const unit = Float64Array.from({ length: 4 }, (_, i) => (i === j ? 1 : 0));
      const length = solveLower(lower, 4, unit);
      expect(length).toBeCloseTo(eigen.inverse[j * 4 + j] ?? 0, 12);
      solveUpper(lower, 4, unit);
      expect(worstDifference(unit, eigen.inverse.slice(j * 4, j * 4 + 4))).toBeLessThan(1e-12);
    }
  });

  it('says where a matrix is not positive definite', () => {
    expect(cholesky(Float64Array.of(1, 2, 2, 1), 2)).toBeUndefined();
    expect(cholesky(Float64Array.of(0), 1)).toBeUndefined();
  });
});

describe('symmetricEigen', () => {
  it('equals NumPy', () => {
    const { values, vectors } = symmetricEigen(square, 4);
    expect(worstDifference(values, eigen.values)).toBeLessThan(1e-12);
    expect(worstDifference(vectors, eigen.vectors)).toBeLessThan(1e-12);
  });

  it('gives vectors at right angles that make the matrix up again, whatever its rank', () => {
    fc.assert(
      fc.property(symmetric, ({ size, matrix }) => {
        const { values, vectors } = symmetricEigen(matrix, size);
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            let product = 0;
            let cell = 0;
            for (let k = 0; k < size; k++) {
              product += (vectors[i * size + k] ?? 0) * (vectors[j * size + k] ?? 0);
              cell += (values[k] ?? 0) * (vectors[k * size + i] ?? 0) * (vectors[k * size + j] ?? 0);
            }
            expect(product).toBeCloseTo(i === j ? 1 : 0, 10);
            expect(cell).toBeCloseTo(matrix[i * size + j] ?? 0, 9);
          }
          if (i > 0) expect(values[i]).toBeLessThanOrEqual(values[i - 1] ?? 0);
        }
      }),
      { numRuns: 100 },
    );
  });
});
