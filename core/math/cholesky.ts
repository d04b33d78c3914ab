/**
 * Lower triangle L of a positive definite matrix, A = L Lᵀ, row by row, the upper half zero; undefined where A is not
 * positive definite in double precision. Golub & Van Loan 2013, algorithm 4.2.1.
 */
export const cholesky = (matrix: Float64Array, size: number): Float64Array | undefined => {
  const lower = new Float64Array(size * size);
  // Hot loops here and below: size³ / 6 steps, every index lies inside the matrix.
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= lower[i * size + k]! * lower[j * size + k]!;
      if (i !== j) lower[i * size + j] = sum / lower[j * size + j]!;
      else if (sum > 0 && Number.isFinite(sum)) lower[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  }
  return lower;
};

/** Sum of the logarithms of the squared diagonal: ln det A. */
export const logDeterminant = (lower: Float64Array, size: number): number => {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += 2 * Math.log(lower[i * size + i]!);
  return sum;
};

/** Solves L y = b in place and returns |y|² = bᵀ A⁻¹ b. */
export const solveLower = (lower: Float64Array, size: number, vector: Float64Array): number => {
  let square = 0;
  for (let i = 0; i < size; i++) {
    let sum = vector[i]!;
    for (let k = 0; k < i; k++) sum -= lower[i * size + k]! * vector[k]!;
    const value = sum / lower[i * size + i]!;
    vector[i] = value;
    square += value * value;
  }
  return square;
};

/** Solves Lᵀ x = y in place; after `solveLower` the vector is A⁻¹ b. */
export const solveUpper = (lower: Float64Array, size: number, vector: Float64Array): void => {
  for (let i = size - 1; i >= 0; i--) {
    let sum = vector[i]!;
    for (let k = i + 1; k < size; k++) sum -= lower[k * size + i]! * vector[k]!;
    vector[i] = sum / lower[i * size + i]!;
  }
};
