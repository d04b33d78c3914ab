import { drawnIn } from './drawn-in.ts';
import type { Centres } from './microaggregate.ts';
import { makeProducts, TILE_CENTRES, TILE_ROWS, type Products } from './products.ts';

/**
 * The `k` nearest centres of each row, nearest first: centre `index[row · k + i]` at the Euclidean distance
 * `distance[row · k + i]`.
 */
export type Nearest = { readonly k: number; readonly index: Uint16Array; readonly distance: Float32Array };

/** What a search works with: centres as doubles, padded to whole tiles, and the scratch of four rows. */
export type Search = {
  readonly centres: Centres;
  readonly tile: Products;
  /** |c|² of each centre; the padding's is infinite. */
  readonly norms: Float64Array;
};

export const makeSearch = (centres: Centres): Search => {
  const { count, columns } = centres;
  const padded = Math.ceil(count / TILE_CENTRES) * TILE_CENTRES;
  const tile = makeProducts(padded, columns);
  const norms = new Float64Array(padded).fill(Number.POSITIVE_INFINITY);
  for (let c = 0; c < count; c++) {
    let norm = 0;
    for (let j = 0; j < columns; j++) {
      const value = centres.values[c * columns + j] ?? 0;
      tile.values[placeOf(c, columns) + 2 * j] = value;
      norm += value ** 2;
    }
    norms[c] = norm;
  }
  return { centres, tile, norms };
};

/** Where the values of a centre begin, two apart. */
const placeOf = (centre: number, columns: number): number => (centre >> 1) * 2 * columns + (centre & 1);

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
  const { norms } = search;
  const { queries, products, run } = search.tile;
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
    run();
    for (let row = 0; row < height; row++) {
      select(products, row * padded, norms, best, who);
      measure(search, row, who, best);
      const out = (tile + row) * k;
      for (let i = 0; i < k; i++) {
        index[out + i] = who[i]!;
        distance[out + i] = best[i]!;
      }
    }
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
const measure = ({ centres, tile }: Search, row: number, who: Uint16Array, best: Float64Array): void => {
  const { columns } = centres;
  const { queries, values } = tile;
  for (let i = 0; i < who.length; i++) {
    const from = placeOf(who[i]!, columns);
    let sum = 0;
    for (let j = 0; j < columns; j++) {
      const difference = queries[row * columns + j]! - values[from + 2 * j]!;
      sum += difference * difference;
    }
    insert(best, who, i, Math.sqrt(sum), who[i]!);
  }
};
