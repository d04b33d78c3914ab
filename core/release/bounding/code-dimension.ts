import { NightjarError } from '../../api/errors.ts';
import { TIME_WIDTH_US, timeLabel, totalLabels } from '../query/index.ts';
import type { Dimension, KeyColumn } from '../schema.ts';
import { placesOf } from './places-of.ts';

/** One dimension of the rows: `code[i]` is the place of row i in `labels`, −1 where it has none. */
export type CodedDimension = { readonly code: Int32Array; readonly labels: readonly string[] };

/**
 * Codes one column by the dimension that groups by it. Totals come before the dimension's own groups; no row is in one, for
 * they are summed up later. Errors: `internal` for a column of another type or length.
 */
export const codeDimension = (dimension: Dimension, column: KeyColumn | undefined, rows: number): CodedDimension => {
  switch (dimension.kind) {
    case 'unknown':
      return unknownKeys(column, rows);
    case 'keys':
      return afterTotals(dimension, declaredKeys(dimension.keys, column, rows));
    case 'bins':
      return declaredBins(dimension.edges, column, rows);
    case 'time':
      return afterTotals(dimension, timeBins(dimension, column, rows));
  }
};

const afterTotals = (dimension: Dimension, { code, labels }: CodedDimension): CodedDimension => {
  const totals = totalLabels(dimension);
  if (totals.length === 0) return { code, labels };
  return { code: code.map((place) => (place < 0 ? -1 : place + totals.length)), labels: [...totals, ...labels] };
};

const unknownKeys = (column: KeyColumn | undefined, rows: number): CodedDimension => {
  const { codes, levels } = textsOf(column, rows);
  return { code: codes, labels: levels };
};

const declaredKeys = (keys: readonly string[], column: KeyColumn | undefined, rows: number): CodedDimension => {
  const { codes, levels } = textsOf(column, rows);
  const placeOf = placesOf(levels, keys);
  const code = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const level = codes[i]!; // hot: i is inside
    code[i] = level < 0 ? -1 : placeOf[level]!;
  }
  return { code, labels: keys };
};

const declaredBins = (edges: readonly number[], column: KeyColumn | undefined, rows: number): CodedDimension => {
  const values = numbersOf(column, rows);
  const code = new Int32Array(rows);
  for (let i = 0; i < rows; i++) code[i] = binOf(edges, values[i]!); // hot: i is inside
  return { code, labels: edges.slice(0, -1).map((edge, k) => `[${edge}, ${edges[k + 1]})`) };
};

/** The last edge that is not above x; −1 outside, and where x is missing. */
const binOf = (edges: readonly number[], x: number): number => {
  let low = 0;
  let high = edges.length - 1;
  if (!(x >= edges[low]! && x < edges[high]!)) return -1; // at least two edges, by the query's shape
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (x >= edges[middle]!) low = middle;
    else high = middle;
  }
  return low;
};

type Time = Extract<Dimension, { kind: 'time' }>;

const timeBins = ({ every, fromUs, toUs }: Time, column: KeyColumn | undefined, rows: number): CodedDimension => {
  const times = numbersOf(column, rows);
  const width = TIME_WIDTH_US[every];
  const code = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    const at = times[i]!; // hot: i is inside
    code[i] = at >= fromUs && at < toUs ? Math.floor((at - fromUs) / width) : -1;
  }
  return { code, labels: Array.from({ length: (toUs - fromUs) / width }, (_, k) => timeLabel(fromUs + k * width)) };
};

type Texts = Exclude<KeyColumn, Float64Array>;

const textsOf = (column: KeyColumn | undefined, rows: number): Texts => {
  if (column === undefined || column instanceof Float64Array || column.codes.length !== rows) throw misfit();
  const most = column.levels.length;
  const { codes } = column;
  for (let i = 0; i < rows; i++) if (codes[i]! < -1 || codes[i]! >= most) throw misfit(); // hot: i is inside
  return column;
};

const numbersOf = (column: KeyColumn | undefined, rows: number): Float64Array => {
  if (!(column instanceof Float64Array) || column.length !== rows) throw misfit();
  return column;
};

const misfit = (): NightjarError =>
  new NightjarError('internal', 'The rows do not have the columns of the query.', {
    next: 'Check that keys are asked of texts, and bins of numbers.',
  });
