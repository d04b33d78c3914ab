import { midRanks } from '../../core/math/index.ts';
import { seededRandom } from '../../core/random/index.ts';
import type { FeatureTable, Matrix } from '../../core/table/index.ts';

/** A table with actors a0, a1, … and one event each, or the events given. */
export const tableOf = (
  columns: Readonly<Record<string, readonly number[]>>,
  events?: readonly number[],
): FeatureTable => {
  const arrays = Object.values(columns).map((column) => Float64Array.from(column));
  const rows = arrays[0]?.length ?? 0;
  return {
    actors: Array.from({ length: rows }, (_, i) => `a${i}`),
    events: Float64Array.from(events ?? Array.from({ length: rows }, () => 1)),
    names: Object.keys(columns),
    columns: arrays,
  };
};

export const matrixOf = (columns: number, values: ArrayLike<number>): Matrix => ({
  rows: values.length / columns,
  columns,
  names: Array.from({ length: columns }, (_, j) => `f${j}`),
  values: Float32Array.from(values),
});

/** Standard normal rows; the last `odd` of them shifted by `shift` in every column. */
export const normalMatrix = (rows: number, columns: number, seed: number, odd = 0, shift = 6): Matrix => {
  const random = seededRandom(seed);
  const values = Float32Array.from({ length: rows * columns }, () => random.normal());
  for (let at = (rows - odd) * columns; at < values.length; at++) {
    values[at] = (values[at] ?? 0) + shift;
  }
  return matrixOf(columns, values);
};

/** Area under the ROC curve: Mann & Whitney's U over the product of the class sizes. */
export const rocAuc = (scores: ArrayLike<number>, label: ArrayLike<number>): number => {
  const ranks = midRanks(scores);
  let sum = 0;
  let positives = 0;
  for (let i = 0; i < label.length; i++) {
    if (label[i] !== 1) continue;
    positives++;
    sum += ranks[i] ?? 0;
  }
  return (sum - (positives * (positives + 1)) / 2) / (positives * (label.length - positives));
};
