import type { Matrix } from '../../table/table.ts';
import { drawnIn } from './drawn-in.ts';

/** Centres of groups of rows: what is kept of the rows compared with. Plain data, row by row. */
export type Centres = {
  readonly count: number;
  readonly columns: number;
  readonly values: Float32Array;
  /** Rows behind each centre. */
  readonly weights: Float32Array;
  /** Mean squared distance of a centre's rows to it. */
  readonly scatter: Float64Array;
};

/**
 * Replaces rows by the means of groups of at least `groupSize` rows that lie together, so that no single row is kept
 * (microaggregation: Domingo-Ferrer & Mateo-Sanz 2002). Groups come from halving at the median of the column that
 * varies most (k-d tree, Bentley 1975) for as long as both halves are large enough; fewer rows than `groupSize` make one
 * group. Equal values are parted in the order of `rows`. Values are drawn in and missing ones 0 (`drawnIn`).
 */
export const microaggregate = (matrix: Matrix, rows: Uint32Array, groupSize: number): Centres => {
  const { columns } = matrix;
  const order = Uint32Array.from(rows);
  const place = new Uint32Array(matrix.rows);
  rows.forEach((row, i) => (place[row] = i));
  const groups: (readonly [from: number, to: number])[] = [];
  const open: (readonly [from: number, to: number])[] = order.length > 0 ? [[0, order.length]] : [];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const [from, to] = part;
    if (to - from < 2 * groupSize) {
      groups.push(part);
      continue;
    }
    const column = widest(matrix, order.subarray(from, to));
    const at = (row: number): number => valueAt(matrix, row, column);
    order.subarray(from, to).sort((a, b) => at(a) - at(b) || (place[a] ?? 0) - (place[b] ?? 0));
    const middle = from + ((to - from) >> 1);
    open.push([middle, to], [from, middle]);
  }
  const values = new Float32Array(groups.length * columns);
  const weights = new Float32Array(groups.length);
  const scatter = new Float64Array(groups.length);
  groups.forEach(([from, to], g) => {
    const { mean, variance } = momentsOf(matrix, order.subarray(from, to));
    values.set(mean, g * columns);
    weights[g] = to - from;
    scatter[g] = variance.reduce((sum, value) => sum + value, 0);
  });
  return { count: groups.length, columns, values, weights, scatter };
};

const valueAt = ({ values, columns }: Matrix, row: number, column: number): number =>
  drawnIn(values[row * columns + column] ?? 0);

const widest = (matrix: Matrix, rows: Uint32Array): number => {
  const { variance } = momentsOf(matrix, rows);
  let best = 0;
  for (let j = 1; j < variance.length; j++) if ((variance[j] ?? 0) > (variance[best] ?? 0)) best = j;
  return best;
};

const momentsOf = (
  matrix: Matrix,
  rows: Uint32Array,
): { readonly mean: Float64Array; readonly variance: Float64Array } => {
  const { columns, values } = matrix;
  const mean = new Float64Array(columns);
  const variance = new Float64Array(columns);
  // Hot loops: every row of the reference once per level of halving.
  for (const row of rows) {
    for (let j = 0; j < columns; j++) {
      mean[j]! += drawnIn(values[row * columns + j]!) / rows.length;
    }
  }
  for (const row of rows) {
    for (let j = 0; j < columns; j++) {
      const d = drawnIn(values[row * columns + j]!) - mean[j]!;
      variance[j]! += (d * d) / rows.length;
    }
  }
  return { mean, variance };
};
