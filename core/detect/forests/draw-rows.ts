import { makeRowSampler, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';

/**
 * Copies `size` different rows of the matrix, every subset equally likely, into memory that is
 * overwritten by the next draw. Infinite values count as missing, and so does what is no level of a category.
 */
export const makeSampler = (matrix: Matrix, size: number): ((random: Random) => Float32Array) => {
  const { columns, values, levels } = matrix;
  const pick = makeRowSampler(matrix.rows, size);
  const sample = new Float32Array(size * columns);
  return (random) => {
    pick(random).forEach((row, k) => {
      for (let j = 0; j < columns; j++) {
        const value = values[row * columns + j] ?? Number.NaN;
        const count = levels?.[j] ?? 0;
        const fits = count > 0 ? isLevel(value, count) : Number.isFinite(value);
        sample[k * columns + j] = fits ? value : Number.NaN;
      }
    });
    return sample;
  };
};

/** Whether a value is one of 0…count − 1. */
const isLevel = (value: number, count: number): boolean => value >= 0 && value < count && Number.isInteger(value);
