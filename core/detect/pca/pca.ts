import { symmetricEigen } from '../../math/index.ts';
import { drawRows, type Random } from '../../random/index.ts';
import type { Matrix } from '../../table/table.ts';
import { requireWidth } from '../neighbours/index.ts';
import { makePace } from '../pace.ts';
import type { Run } from '../schema.ts';

/** Standardisation and directions; a score is the length of a row in these directions. */
export type Pca = {
  readonly names: readonly string[];
  readonly mean: Float64Array;
  /** 1 / standard deviation; 0 for a column that does not vary. */
  readonly inverse: Float64Array;
  readonly directions: number;
  /** Direction i times its weight, in row i. */
  readonly weighted: Float64Array;
};

/** Rows the components are made from. */
const MOST_ROWS = 50_000;
/** Values farther out than this count as that far in fitting: one row cannot turn a component to itself. */
const FARTHEST = 10;
/** Shyu et al. 2003, section 4: major components carry half the variance, minor ones have a variance below 0.2. */
const MAJOR_SHARE = 0.5;
const MINOR_VARIANCE = 0.2;
/** Least variance of a direction: what repeats other columns exactly is not divided by nothing. */
const LEAST_VARIANCE = 1e-3;

/**
 * Principal components of the correlation matrix of at most 50,000 rows drawn by `random`, values far out drawn in. Of these
 * the major and the minor ones (Shyu et al. 2003), each divided by its standard deviation. A column without variance has
 * no part. Missing values count as 0.
 */
export const fitPca = async (matrix: Matrix, random: Random, run: Run = {}): Promise<Pca> => {
  const { columns, names } = matrix;
  const pace = makePace(run);
  const rows = drawRows(matrix.rows, MOST_ROWS, random);
  const { mean, inverse } = momentsOf(matrix, rows);
  const correlation = await correlationOf(matrix, rows, mean, inverse, pace);
  const { values, vectors } = symmetricEigen(correlation, columns);
  await pace();
  const weights = weightsOf(values);
  const kept = Array.from(weights.keys()).filter((i) => (weights[i] ?? 0) > 0);
  const weighted = new Float64Array(kept.length * columns);
  kept.forEach((i, at) => {
    for (let j = 0; j < columns; j++) weighted[at * columns + j] = (weights[i] ?? 0) * (vectors[i * columns + j] ?? 0);
  });
  return { names, mean, inverse, directions: kept.length, weighted };
};

const weightsOf = (variances: Float64Array): Float64Array => {
  const total = variances.reduce((sum, value) => sum + Math.max(0, value), 0);
  let before = 0;
  return variances.map((variance) => {
    const share = before / total;
    before += Math.max(0, variance);
    const inverse = 1 / Math.sqrt(Math.max(variance, LEAST_VARIANCE));
    return share < MAJOR_SHARE || variance < MINOR_VARIANCE ? inverse : 0;
  });
};

const momentsOf = (
  { columns, values }: Matrix,
  rows: Uint32Array,
): { readonly mean: Float64Array; readonly inverse: Float64Array } => {
  const mean = new Float64Array(columns);
  const inverse = new Float64Array(columns);
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (const row of rows) sum += drawnIn(values[row * columns + j]) / rows.length;
    let variance = 0;
    for (const row of rows) variance += (drawnIn(values[row * columns + j]) - sum) ** 2 / rows.length;
    mean[j] = sum;
    inverse[j] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  }
  return { mean, inverse };
};

/** A value as fitting sees it. */
const drawnIn = (value: number | undefined): number =>
  value === undefined || value !== value ? 0 : Math.max(-FARTHEST, Math.min(FARTHEST, value));

const correlationOf = async (
  { columns, values }: Matrix,
  rows: Uint32Array,
  mean: Float64Array,
  inverse: Float64Array,
  pace: () => Promise<void>,
): Promise<Float64Array> => {
  const sums = new Float64Array(columns * columns);
  const own = new Float64Array(columns);
  // Hot loop: rows × columns² / 2.
  for (const row of rows) {
    for (let j = 0; j < columns; j++) {
      own[j] = (drawnIn(values[row * columns + j]) - mean[j]!) * inverse[j]!;
    }
    for (let i = 0; i < columns; i++) for (let j = 0; j <= i; j++) sums[i * columns + j]! += own[i]! * own[j]!;
    await pace();
  }
  const correlation = new Float64Array(columns * columns);
  for (let i = 0; i < columns; i++) {
    for (let j = 0; j <= i; j++) {
      correlation[i * columns + j] = sums[i * columns + j]! / rows.length;
      correlation[j * columns + i] = correlation[i * columns + j]!;
    }
  }
  return correlation;
};

/** Length of each row in the weighted directions: the root of the sum of both of Shyu's statistics; missing counts as the mean. */
export const scorePca = async (model: Pca, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const scores = new Float64Array(matrix.rows);
  await eachRow(model, matrix, run, (row, _, lengths) => {
    let square = 0;
    for (const length of lengths) square += length * length;
    scores[row] = Math.sqrt(square);
  });
  return scores;
};

/** Parts of the score d: zⱼ (Wᵀ W z)ⱼ / d, which add up to d. */
export const attributePca = async (model: Pca, matrix: Matrix, run: Run = {}): Promise<Float64Array> => {
  const { columns } = matrix;
  const parts = new Float64Array(matrix.rows * columns);
  await eachRow(model, matrix, run, (row, own, lengths) => {
    const score = Math.hypot(...lengths);
    if (score === 0) return;
    for (let j = 0; j < columns; j++) {
      let pull = 0;
      for (let i = 0; i < lengths.length; i++) pull += (lengths[i] ?? 0) * (model.weighted[i * columns + j] ?? 0);
      parts[row * columns + j] = ((own[j] ?? 0) * pull) / score;
    }
  });
  return parts;
};

const eachRow = async (
  model: Pca,
  matrix: Matrix,
  run: Run,
  take: (row: number, own: Float64Array, lengths: Float64Array) => void,
): Promise<void> => {
  requireWidth(model, matrix);
  const { rows, columns, values } = matrix;
  const { mean, inverse, directions, weighted } = model;
  const own = new Float64Array(columns);
  const lengths = new Float64Array(directions);
  const pace = makePace(run);
  // Hot loop: rows × directions × columns.
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < columns; j++) {
      const value = values[row * columns + j]!;
      own[j] = value === value ? (value - mean[j]!) * inverse[j]! : 0;
    }
    for (let i = 0; i < directions; i++) {
      let length = 0;
      for (let j = 0; j < columns; j++) length += weighted[i * columns + j]! * own[j]!;
      lengths[i] = length;
    }
    take(row, own, lengths);
    if (row % 64 === 0) await pace();
  }
  run.onProgress?.({ stage: 'pca', done: rows, total: rows, unit: 'rows' });
};
