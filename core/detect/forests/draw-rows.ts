import type { Random } from '../../random/random.ts';
import type { Matrix } from '../../table/table.ts';

/**
 * Copies `size` different rows of the matrix, every subset equally likely, into memory that is
 * overwritten by the next draw. Infinite values count as missing, and so does what is no level of a category.
 */
export const makeSampler = (matrix: Matrix, size: number): ((random: Random) => Float32Array) => {
  const { columns, values, levels } = matrix;
  const pick = makePicker(matrix.rows, size);
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

/** A matrix of `size` different rows; the matrix itself where that is all of them. */
export const drawRows = (matrix: Matrix, size: number, random: Random): Matrix => {
  if (size === matrix.rows) return matrix;
  const { columns, values } = matrix;
  const drawn = new Float32Array(new SharedArrayBuffer(size * columns * 4));
  makePicker(
    matrix.rows,
    size,
  )(random).forEach((row, k) => {
    drawn.set(values.subarray(row * columns, (row + 1) * columns), k * columns);
  });
  return { ...matrix, rows: size, values: drawn };
};

/** Draws `size` different rows of `rows`, every subset equally likely (Floyd, in Bentley 1987). */
const makePicker = (rows: number, size: number): ((random: Random) => Uint32Array) => {
  const seenIn = new Uint32Array(rows);
  const picked = new Uint32Array(size);
  let draw = 0;
  return (random) => {
    draw++;
    for (let k = 0; k < size; k++) {
      const last = rows - size + k;
      const candidate = random.int(last + 1);
      const row = seenIn[candidate] === draw ? last : candidate;
      seenIn[row] = draw;
      picked[k] = row;
    }
    return picked;
  };
};

/** Whether a value is one of 0…count − 1. */
export const isLevel = (value: number, count: number): boolean =>
  value >= 0 && value < count && Number.isInteger(value);
