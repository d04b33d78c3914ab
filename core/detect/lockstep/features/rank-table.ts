import type { Matrix } from '../../../table/table.ts';

/** A table in ranks: every value becomes the number of rows with a smaller one; missing values are the smallest. */
export type RankTable = {
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly ranks: Uint32Array;
  /** Column by column, the ranks in ascending order: what a quantile of the column becomes. */
  readonly ascending: Uint32Array;
  /** Column by column and by rank, where the value lies in its column, in 65,536ths: see `smoothPlaces`. */
  readonly places: Uint16Array;
};

/** The ranks of a matrix; `pace` is awaited after each column. */
export const rankTable = async ({ rows, columns, values }: Matrix, pace: () => Promise<void>): Promise<RankTable> => {
  const ranks = new Uint32Array(rows * columns);
  const ascending = new Uint32Array(rows * columns);
  const places = new Uint16Array(rows * columns);
  const column = new Float32Array(rows);
  const raw = new Uint32Array(column.buffer);
  const bits = new Uint32Array(rows);
  for (let j = 0; j < columns; j++) {
    // Hot loops of this file: every index lies inside the arrays.
    for (let i = 0; i < rows; i++) column[i] = values[i * columns + j]! + 0; // + 0 makes one zero of two
    for (let i = 0; i < rows; i++) bits[i] = Number.isNaN(column[i]!) ? 0 : sortable(raw[i]!);
    const order = ascendingBits(bits);
    let rank = 0;
    for (let k = 0; k < rows; k++) {
      const row = order[k]!;
      if (k > 0 && bits[row] !== bits[order[k - 1]!]) rank = k;
      ranks[row * columns + j] = rank;
      ascending[j * rows + k] = rank;
    }
    smoothPlaces(
      (k) => column[order[k]!]!,
      ascending.subarray(j * rows, (j + 1) * rows),
      places.subarray(j * rows, (j + 1) * rows),
    );
    await pace();
  }
  return { rows, columns, ranks, ascending, places };
};

/** Quantiles between which places are linear in the value: wide, so that a group of twins fits between two. */
const KNOTS = [0, 0.0001, 0.001, 0.01, 0.05, 0.15, 0.3, 0.45, 0.6, 0.75, 0.85, 0.95, 0.99, 0.999, 0.9999, 1] as const;
/**
 * Where the knots lie, in 65,535ths: half by their quantile, half by their number. By quantile alone the strongest in
 * a hundred of every column would share one bin, and whoever does much of everything would be alike.
 */
const KNOT_PLACES = KNOTS.map((share, k) => (65_535 * (share + k / (KNOTS.length - 1))) / 2);

/**
 * Where each value lies in its column, by rank: nearly a quantile, but between two knots linear in the value. In true
 * quantiles a group of near twins would take up as much room as it has members, and be no group.
 */
const smoothPlaces = (valueAt: (place: number) => number, ascending: Uint32Array, into: Uint16Array): void => {
  const rows = ascending.length;
  const knots = KNOTS.map((share) => valueAt(Math.min(rows - 1, Math.floor(share * rows))));
  let below = 0;
  for (let k = 0; k < rows; k++) {
    const value = valueAt(k);
    while (below + 2 < KNOTS.length && value >= knots[below + 1]!) below++; // hot: rows × columns, inside the knots
    const width = knots[below + 1]! - knots[below]!;
    const part = width > 0 && Number.isFinite(width) ? Math.min(1, (value - knots[below]!) / width) : 0;
    const place = KNOT_PLACES[below]!;
    into[ascending[k]!] = place + (part > 0 ? part : 0) * (KNOT_PLACES[below + 1]! - place);
  }
};

/** Bits of a float32 as an unsigned number that sorts like the float. */
const sortable = (bits: number): number => (bits >>> 31 === 1 ? ~bits : bits | 0x80000000) >>> 0;

const DIGIT_BITS = 11;
const DIGITS = 1 << DIGIT_BITS;

/** Row numbers in ascending order of their key: least-digit radix sort, stable. */
const ascendingBits = (keys: Uint32Array): Uint32Array => {
  let order = Uint32Array.from(keys, (_, i) => i);
  let next = new Uint32Array(keys.length);
  const starts = new Uint32Array(DIGITS + 1);
  for (let shift = 0; shift < 32; shift += DIGIT_BITS) {
    starts.fill(0);
    for (let i = 0; i < keys.length; i++) starts[((keys[i]! >>> shift) & (DIGITS - 1)) + 1]!++;
    for (let d = 1; d <= DIGITS; d++) starts[d]! += starts[d - 1]!;
    for (let k = 0; k < order.length; k++) {
      const row = order[k]!;
      next[starts[(keys[row]! >>> shift) & (DIGITS - 1)]!++] = row;
    }
    [order, next] = [next, order];
  }
  return order;
};
