import { NightjarError } from '../api/errors.ts';
import { quantileOfSorted } from '../math/quantile.ts';
import type { FeatureTable, Matrix } from '../table/table.ts';

/** How one column becomes a column of the matrix: z = (shape(x) − center) / scale. */
export type ColumnScale = {
  readonly name: string;
  /** `log`: sign(x) · ln(1 + |x| / unit), for tails heavier than a Laplace distribution's. */
  readonly shape: 'linear' | 'log';
  readonly unit: number;
  readonly center: number;
  readonly scale: number;
  /** Where −∞ and +∞ are put: one scale beyond the finite extremes, in the column's own unit. */
  readonly low: number;
  readonly high: number;
  /** Of a category: −ln(share) of each level, and last that of any other level; then shape(x) = rarity[x]. */
  readonly rarity?: readonly number[];
};

export type Scaler = {
  readonly columns: readonly ColumnScale[];
  /** Columns with fewer than two different finite values: they say nothing and are left out. */
  readonly dropped: readonly string[];
};

/** Values looked at for quantiles; more would not move a median by a hundredth of its scale. */
const QUANTILE_SAMPLE = 50_000;
/**
 * (q99 − q1) / (q75 − q25) above which a column counts as heavy-tailed: normal 3.4,
 * exponential 4.2, Laplace 5.6, lognormal(σ = 1) 7.0.
 */
const HEAVY_TAIL_RATIO = 6;
/** Interquartile range of the standard normal: makes the scale a standard deviation there. */
const NORMAL_IQR = 1.349;
/** Largest |z| written, far inside float32. */
const LARGEST_Z = 1e30;

/**
 * Robust scaling learned from the rows at `rows` (default all): median and interquartile range,
 * the standard deviation where the quartiles coincide. With `shaped`, heavy-tailed columns are
 * drawn in by a signed logarithm first, whose unit is the lower quartile of the non-zero
 * magnitudes. The choice depends on quantiles alone, never on a column's name. A category becomes
 * how rare its level is, −ln(share), half a row being added to each level so that none is infinite.
 */
export const fitScaler = (
  table: FeatureTable,
  mode: 'linear' | 'shaped',
  rows: readonly number[] = table.actors.map((_, i) => i),
): Scaler => {
  const scales = table.names.map((_, j) => fitScale(table, j, mode, rows));
  return scalerOf(table, scales);
};

/** The scale of column j learned from the rows; undefined where it has fewer than two different finite values. */
export const fitScale = (
  table: FeatureTable,
  j: number,
  mode: 'linear' | 'shaped',
  rows: readonly number[],
): ColumnScale | undefined => {
  const name = table.names[j] ?? '';
  const values = table.columns[j] ?? new Float64Array(0);
  const levels = table.levels?.[j] ?? 0;
  return levels > 0 ? fitCategory(name, values, rows, levels) : fitColumn(name, values, rows, mode);
};

/** The scaler of a table whose columns have these scales. */
export const scalerOf = (table: FeatureTable, scales: readonly (ColumnScale | undefined)[]): Scaler => ({
  columns: scales.flatMap((scale) => scale ?? []),
  dropped: table.names.filter((_, j) => scales[j] === undefined),
});

/**
 * The table as a matrix on shared memory, column by column as the scaler says; columns the scaler
 * dropped are left out. Missing stays NaN; `clamped` counts infinite values put at the extremes.
 * With `categories` a category stays the number of its level. Throws `input` when the table lacks
 * a column of the scaler.
 */
export const applyScaler = (
  scaler: Scaler,
  table: FeatureTable,
  rows: readonly number[] = table.actors.map((_, i) => i),
  categories = false,
): { readonly matrix: Matrix; readonly clamped: number } => {
  const matrix = emptyMatrix(scaler, rows.length, categories);
  let clamped = 0;
  scaler.columns.forEach((_, j) => {
    clamped += fillScaled(matrix, scaler, j, table, rows);
  });
  return { matrix, clamped };
};

/** A matrix on shared memory for so many rows of a scaled table; with `categories` it takes levels as they are. */
export const emptyMatrix = (scaler: Scaler, rows: number, categories = false): Matrix => {
  const names = scaler.columns.map((column) => column.name);
  const columns = names.length;
  const values = new Float32Array(new SharedArrayBuffer(rows * columns * 4));
  const levels = scaler.columns.map(({ rarity }) => (rarity === undefined ? 0 : rarity.length - 1));
  return { rows, columns, names, values, ...(categories && levels.some((count) => count > 0) ? { levels } : {}) };
};

/** Writes column j of a scaled table into its matrix and returns how many infinite values were put at the extremes. */
export const fillScaled = (
  { columns: width, values, levels }: Matrix,
  scaler: Scaler,
  j: number,
  table: FeatureTable,
  rows: readonly number[],
): number => {
  const column = scaler.columns[j];
  if (column === undefined) return 0;
  let clamped = 0;
  // Most scalers keep all columns in their order; looking for a name among many costs more than scaling a few rows.
  const source = table.columns[table.names[j] === column.name ? j : table.names.indexOf(column.name)];
  if (source === undefined) {
    throw lacking(column.name);
  }
  const keepsLevel = (levels?.[j] ?? 0) > 0;
  for (let i = 0; i < rows.length; i++) {
    const raw = source[rows[i] ?? 0] ?? Number.NaN;
    values[i * width + j] = keepsLevel ? raw : scaledValue(column, raw);
    if (!keepsLevel && column.rarity === undefined && isInfinite(raw)) clamped++;
  }
  return clamped;
};

/** A few rows, values in the order of the features it was made for, as a matrix. */
export type RowScaler = (rows: readonly Float64Array[]) => Matrix;

/**
 * What gives of rows the same numbers as `applyScaler` of a table that holds them, without making one. Throws `input` when a
 * feature of the scaler is not among `features`.
 */
export const makeRowScaler = (scaler: Scaler, features: readonly string[], categories = false): RowScaler => {
  const { columns } = scaler;
  const width = columns.length;
  const { names, levels } = emptyMatrix(scaler, 0, categories);
  const places = names.map((name) => {
    const place = features.indexOf(name);
    if (place < 0) throw lacking(name);
    return place;
  });
  return (rows) => {
    const values = new Float32Array(rows.length * width);
    for (let j = 0; j < width; j++) {
      const column = columns[j]!; // hot: explanations scale a few rows, many times
      const keepsLevel = (levels?.[j] ?? 0) > 0;
      for (let i = 0; i < rows.length; i++) {
        const raw = rows[i]?.[places[j]!] ?? Number.NaN;
        values[i * width + j] = keepsLevel ? raw : scaledValue(column, raw);
      }
    }
    return { rows: rows.length, columns: width, names, values, ...(levels === undefined ? {} : { levels }) };
  };
};

const scaledValue = ({ shape, unit, center, scale, low, high, rarity }: ColumnScale, raw: number): number => {
  if (rarity !== undefined) return (rarityOf(rarity, raw) - center) / scale;
  const value = isInfinite(raw) ? (raw > 0 ? high : low) : raw;
  const z = ((shape === 'log' ? signedLog(value, unit) : value) - center) / scale;
  return Math.min(LARGEST_Z, Math.max(-LARGEST_Z, z));
};

const isInfinite = (value: number): boolean => value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY;

const lacking = (name: string): NightjarError =>
  new NightjarError('input', 'The table lacks a feature the model was fitted on.', {
    where: name,
    next: 'Build the features as for the run that made the model.',
  });

/** −ln(share) of a level, that of an unknown one for any other number; NaN where it is missing. */
const rarityOf = (rarity: readonly number[], level: number): number =>
  Number.isNaN(level) ? Number.NaN : (rarity[level] ?? rarity.at(-1) ?? Number.NaN);

const signedLog = (value: number, unit: number): number => Math.sign(value) * Math.log1p(Math.abs(value) / unit);

const fitColumn = (
  name: string,
  values: Float64Array,
  rows: readonly number[],
  mode: 'linear' | 'shaped',
): ColumnScale | undefined => {
  const finite = finiteOf(values, rows);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of finite) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (!(high > low)) return undefined;
  const sample = thin(finite).sort();
  const heavy = mode === 'shaped' && tailRatio(sample) > HEAVY_TAIL_RATIO;
  const unit = heavy ? magnitudeUnit(sample) : 1;
  const shaped = heavy ? sample.map((value) => signedLog(value, unit)) : sample;
  const center = quantileOfSorted(shaped, 0.5);
  const spread = quantileOfSorted(shaped, 0.75) - quantileOfSorted(shaped, 0.25);
  const deviation = standardDeviation(heavy ? finite.map((v) => signedLog(v, unit)) : finite);
  const scale = spread > 0 && Number.isFinite(spread) ? spread / NORMAL_IQR : deviation;
  if (!(scale > 0) || !Number.isFinite(scale)) return undefined;
  const margin = heavy ? 0.5 * (high - low) : scale;
  const shape = heavy ? 'log' : 'linear';
  return { name, shape, unit, center, scale, low: bounded(low - margin), high: bounded(high + margin) };
};

/** The rarity of each level among the rows, scaled like a number; undefined with fewer than two levels there. */
const fitCategory = (
  name: string,
  values: Float64Array,
  rows: readonly number[],
  levels: number,
): ColumnScale | undefined => {
  const counts = new Float64Array(levels + 1);
  let known = 0;
  for (const row of rows) {
    const level = values[row] ?? Number.NaN;
    if (Number.isNaN(level)) continue;
    counts[level] = (counts[level] ?? 0) + 1;
    known++;
  }
  if (counts.filter((count) => count > 0).length < 2) return undefined;
  const rarity = Array.from(counts, (count) => -Math.log((count + 0.5) / (known + 0.5 * counts.length)));
  const asNumbers = Float64Array.from(rows, (row) => rarityOf(rarity, values[row] ?? Number.NaN));
  const scaled = fitColumn(name, asNumbers, Array.from(asNumbers.keys()), 'linear');
  if (scaled !== undefined) return { ...scaled, rarity };
  // Levels that are all as common: as rarities they do not vary, as levels they do.
  const center = asNumbers.find((value) => !Number.isNaN(value)) ?? 0;
  return { name, shape: 'linear', unit: 1, center, scale: 1, low: center, high: center, rarity };
};

const bounded = (value: number): number => Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));

const finiteOf = (values: Float64Array, rows: readonly number[]): Float64Array => {
  const finite = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) {
    const value = values[row] ?? Number.NaN;
    if (Number.isFinite(value)) finite[count++] = value;
  }
  return finite.subarray(0, count);
};

/** Every k-th value, so that at most 50,000 are kept: rows come in the order of pseudonyms. */
const thin = (values: Float64Array): Float64Array => {
  const step = Math.ceil(values.length / QUANTILE_SAMPLE);
  return Float64Array.from({ length: Math.ceil(values.length / step) }, (_, k) => values[k * step] ?? 0);
};

const tailRatio = (sorted: Float64Array): number => {
  const wide = quantileOfSorted(sorted, 0.99) - quantileOfSorted(sorted, 0.01);
  const narrow = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  return narrow > 0 ? wide / narrow : Number.POSITIVE_INFINITY;
};

const magnitudeUnit = (values: Float64Array): number =>
  quantileOfSorted(
    values
      .filter((value) => value !== 0)
      .map(Math.abs)
      .sort(),
    0.25,
  );

/** Standard deviation; relative to the largest magnitude, so that squares do not overflow. */
const standardDeviation = (values: Float64Array): number => {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  let mean = 0;
  for (const value of values) mean += value / largest / values.length;
  let variance = 0;
  for (const value of values) variance += (value / largest - mean) ** 2 / values.length;
  return largest * Math.sqrt(variance);
};
