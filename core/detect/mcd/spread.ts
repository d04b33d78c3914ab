import { cholesky, logDeterminant } from '../../math/cholesky.ts';

/** Rows as doubles, row by row, without gaps. */
export type Rows = { readonly count: number; readonly columns: number; readonly values: Float64Array };

/** A location and the Cholesky factor L of a covariance L Lᵀ, row by row. */
export type Spread = { readonly location: Float64Array; readonly lower: Float64Array; readonly logDet: number };

/** Ridge against the mean variance that rounding asks for at least. */
const ROUNDING = 1e-12;

/**
 * Mean and covariance (divided by the number of rows) of the rows picked, times `factor`, plus `ridge` on the diagonal:
 * columns that do not vary, or repeat another, then count with the ridge's variance instead of none.
 */
export const spreadOf = (rows: Rows, picked: Uint32Array, ridge: number, factor = 1): Spread => {
  const { columns, values } = rows;
  const location = new Float64Array(columns);
  const covariance = new Float64Array(columns * columns);
  // Hot loops: picked rows × columns² / 2, every index inside the arrays.
  for (const row of picked) {
    for (let j = 0; j < columns; j++) location[j]! += values[row * columns + j]! / picked.length;
  }
  const four = new Float64Array(4 * columns);
  for (let at = 0; at < picked.length; at += 4) {
    four.fill(0);
    for (let k = 0; k < 4 && at + k < picked.length; k++) {
      const from = picked[at + k]! * columns;
      for (let j = 0; j < columns; j++) four[k * columns + j] = values[from + j]! - location[j]!;
    }
    addProducts(four, columns, covariance);
  }
  let trace = 0;
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) covariance[i * columns + j]! *= factor / picked.length;
    trace += covariance[i * columns + i]!;
  }
  return factorise(location, covariance, Math.max(ridge, (ROUNDING * trace) / columns));
};

/** Adds the products of every two columns over four rows to the lower half: four at once, to write each cell less often. */
const addProducts = (four: Float64Array, columns: number, sums: Float64Array): void => {
  const second = columns;
  const third = 2 * columns;
  const fourth = 3 * columns;
  for (let i = 0; i < columns; i++) {
    const a = four[i]!;
    const b = four[second + i]!;
    const c = four[third + i]!;
    const d = four[fourth + i]!;
    const line = i * columns;
    for (let j = 0; j <= i; j++) {
      sums[line + j]! += a * four[j]! + b * four[second + j]! + c * four[third + j]! + d * four[fourth + j]!;
    }
  }
};

const factorise = (location: Float64Array, covariance: Float64Array, ridge: number): Spread => {
  const columns = location.length;
  for (let added = ridge; ; added *= 10) {
    const lifted = Float64Array.from(covariance);
    for (let i = 0; i < columns; i++) lifted[i * columns + i]! += added;
    const lower = cholesky(lifted, columns);
    if (lower !== undefined) return { location, lower, logDet: logDeterminant(lower, columns) };
  }
};

/** Squared Mahalanobis distance of each row. */
export const squaredDistances = (spread: Spread, { count, columns, values }: Rows, out: Float64Array): void => {
  const centred = new Float64Array(columns);
  for (let row = 0; row < count; row++) {
    out[row] = squaredDistance(spread, values, row * columns, centred);
  }
};

/**
 * Squared Mahalanobis distance of the row that starts at `at`, a missing value standing at the location; leaves
 * L⁻¹(x − m) in `work`. Hot loop: columns² / 2 steps.
 */
export const squaredDistance = (
  { location, lower }: Spread,
  values: ArrayLike<number>,
  at: number,
  work: Float64Array,
): number => {
  const columns = location.length;
  let square = 0;
  for (let i = 0; i < columns; i++) {
    const value = values[at + i]!;
    const own = value === value ? value - location[i]! : 0;
    let sum = own;
    const line = i * columns;
    for (let k = 0; k < i; k++) sum -= lower[line + k]! * work[k]!;
    const part = sum / lower[line + i]!;
    work[i] = part;
    square += part * part;
  }
  return square;
};
