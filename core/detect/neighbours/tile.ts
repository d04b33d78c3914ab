import { drawnIn } from './drawn-in.ts';
import type { Centres } from './microaggregate.ts';

/**
 * The `k` nearest centres of each row, nearest first: centre `index[row · k + i]` at the Euclidean distance
 * `distance[row · k + i]`.
 */
export type Nearest = { readonly k: number; readonly index: Uint16Array; readonly distance: Float32Array };

/** What a search works with: centres as doubles, padded to an even number, and the scratch of four rows. */
export type Search = {
  readonly centres: Centres;
  readonly values: Float64Array;
  /** |c|² of each centre; the padding's is infinite. */
  readonly norms: Float64Array;
  readonly queries: Float64Array;
  readonly distances: Float64Array;
};

const TILE_ROWS = 4;

export const makeSearch = (centres: Centres): Search => {
  const { count, columns } = centres;
  const padded = count + (count % 2);
  const values = new Float64Array(padded * columns);
  const norms = new Float64Array(padded).fill(Number.POSITIVE_INFINITY);
  values.set(centres.values.subarray(0, count * columns));
  for (let c = 0; c < count; c++) {
    let norm = 0;
    for (let j = 0; j < columns; j++) norm += (values[c * columns + j] ?? 0) ** 2;
    norms[c] = norm;
  }
  const queries = new Float64Array(TILE_ROWS * columns);
  return { centres, values, norms, queries, distances: new Float64Array(TILE_ROWS * padded) };
};

/**
 * Writes the `k` nearest centres of rows [from, to) and their Euclidean distances, nearest first, to `index` and
 * `distance` at row · k; of equally near ones the first counts. Missing values count as 0. Centres are compared by
 * |x|² − 2 x·c + |c|² in double precision, those kept are measured again by differences. The result of a row does not
 * depend on the rows beside it.
 */
export const searchRows = (
  search: Search,
  rows: Float32Array,
  from: number,
  to: number,
  { k, index, distance }: Nearest,
): void => {
  const { queries, distances, norms } = search;
  const { columns } = search.centres;
  const padded = norms.length;
  const best = new Float64Array(k);
  const who = new Uint16Array(k);
  for (let tile = from; tile < to; tile += TILE_ROWS) {
    const height = Math.min(TILE_ROWS, to - tile);
    queries.fill(0);
    for (let at = 0; at < height * columns; at++) {
      queries[at] = drawnIn(rows[tile * columns + at]!);
    }
    productsOfFour(search);
    for (let row = 0; row < height; row++) {
      select(distances, row * padded, norms, best, who);
      measure(search, row, who, best);
      const out = (tile + row) * k;
      for (let i = 0; i < k; i++) {
        index[out + i] = who[i]!;
        distance[out + i] = best[i]!;
      }
    }
  }
};

/** x·c of four rows and all centres. Hot loop: a tile of 4 × 2 sums stays in registers, 4 times as fast as one by one. */
const productsOfFour = ({ centres, values, norms, queries, distances }: Search): void => {
  const { columns } = centres;
  const padded = norms.length;
  const b = columns;
  const c = 2 * columns;
  const d = 3 * columns;
  for (let centre = 0; centre < padded; centre += 2) {
    const p = centre * columns;
    const q = p + columns;
    let a0 = 0;
    let a1 = 0;
    let b0 = 0;
    let b1 = 0;
    let c0 = 0;
    let c1 = 0;
    let d0 = 0;
    let d1 = 0;
    for (let j = 0; j < columns; j++) {
      const u = values[p + j]!;
      const v = values[q + j]!;
      const x = queries[j]!;
      const y = queries[b + j]!;
      const z = queries[c + j]!;
      const w = queries[d + j]!;
      a0 += x * u;
      a1 += x * v;
      b0 += y * u;
      b1 += y * v;
      c0 += z * u;
      c1 += z * v;
      d0 += w * u;
      d1 += w * v;
    }
    distances[centre] = a0;
    distances[centre + 1] = a1;
    distances[padded + centre] = b0;
    distances[padded + centre + 1] = b1;
    distances[2 * padded + centre] = c0;
    distances[2 * padded + centre + 1] = c1;
    distances[3 * padded + centre] = d0;
    distances[3 * padded + centre + 1] = d1;
  }
};

/** The smallest |c|² − 2 x·c, in ascending order. */
const select = (
  products: Float64Array,
  at: number,
  norms: Float64Array,
  best: Float64Array,
  who: Uint16Array,
): void => {
  const k = best.length;
  best.fill(Number.POSITIVE_INFINITY);
  let worst = Number.POSITIVE_INFINITY;
  for (let centre = 0; centre < norms.length; centre++) {
    const value = norms[centre]! - 2 * products[at + centre]!;
    if (value < worst) {
      insert(best, who, k - 1, value, centre);
      worst = best[k - 1]!;
    }
  }
};

/** Puts a value in its place among ascending ones, the last of which it replaces. */
const insert = (best: Float64Array, who: Uint16Array, last: number, value: number, centre: number): void => {
  let i = last;
  while (i > 0 && best[i - 1]! > value) {
    best[i] = best[i - 1]!;
    who[i] = who[i - 1]!;
    i--;
  }
  best[i] = value;
  who[i] = centre;
};

/** Distances of the chosen centres by differences, again in ascending order. */
const measure = ({ centres, values, queries }: Search, row: number, who: Uint16Array, best: Float64Array): void => {
  const { columns } = centres;
  for (let i = 0; i < who.length; i++) {
    const centre = who[i]!;
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const difference = queries[row * columns + j]! - values[centre * columns + j]!;
      sum += difference * difference;
    }
    insert(best, who, i, Math.sqrt(sum), centre);
  }
};
