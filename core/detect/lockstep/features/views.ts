import type { Random } from '../../../random/index.ts';
import { BINS } from './bins.ts';
import type { RankTable } from './rank-table.ts';

/**
 * One way to call two rows the same: equal in some columns, each rounded to `bins` bins of its places whose edges are
 * shifted at random, so that no edge cuts every pair of near twins; `Infinity` for exact values.
 */
export type View = {
  readonly bins: number;
  readonly columns: Uint32Array;
  /** Bin of a rank or place: ⌊it · scale + shift[k]⌋. */
  readonly scale: number;
  readonly shift: Float64Array;
  readonly seed: number;
};

/** Views per resolution. */
const PER_RESOLUTION = 8;
/** The resolutions at which chance is calculated; coarser ones would find whole clusters. */
const FINE = [Number.POSITIVE_INFINITY, BINS] as const;
/** Columns from which near twins are evidence: in fewer, ordinary rows come near each other too easily. */
const NEAR_COLUMNS = 5;

/** The resolutions whose twins are evidence, in a table of so many columns. */
export const fineBins = (columns: number): readonly number[] => (columns < NEAR_COLUMNS ? [FINE[0]] : FINE);

/** Those that only tell who has more company, each four times as wide as the one before: in wide tables 8 bins part everybody. */
const COARSE = [BINS / 4, BINS / 16] as const;

/** Views of each resolution, the fine ones first: of all columns the first, of half to all of them the others. */
export const drawViews = (columns: number, random: Random): readonly View[] =>
  [...FINE, ...COARSE].flatMap((bins) =>
    Array.from({ length: PER_RESOLUTION }, (_, k): View => {
      const fewest = Math.ceil(columns / 2);
      const wanted = k === 0 ? columns : fewest + random.int(columns - fewest + 1);
      const chosen = drawColumns(columns, wanted, random);
      return {
        bins,
        columns: chosen,
        scale: Number.isFinite(bins) ? bins / 65_536 : 1,
        shift: Float64Array.from(chosen, () => (Number.isFinite(bins) ? random.float() : 0)),
        seed: random.uint32(),
      };
    }),
  );

const drawColumns = (columns: number, wanted: number, random: Random): Uint32Array => {
  const all = Uint32Array.from({ length: columns }, (_, j) => j);
  for (let k = 0; k < wanted; k++) {
    const other = k + random.int(columns - k);
    [all[k], all[other]] = [all[other] ?? 0, all[k] ?? 0];
  }
  return all.slice(0, wanted).sort();
};

/** The cell of a row in a view, as a hash, of the row's ranks and places. */
export const cellOf = (
  { bins, columns, scale, shift, seed }: View,
  ranks: Uint32Array,
  places: Uint16Array,
): number => {
  const codes = bins === Number.POSITIVE_INFINITY ? ranks : places;
  let hash = seed;
  // Hot loop: rows × views × columns steps, every index inside the arrays.
  for (let k = 0; k < columns.length; k++) {
    hash = Math.imul(hash ^ Math.floor(codes[columns[k]!]! * scale + shift[k]!), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
};

/** The places of a row of ranks. */
export const fillPlaces = ({ rows, columns, places }: RankTable, ranks: Uint32Array, into: Uint16Array): void => {
  for (let j = 0; j < columns; j++) into[j] = places[j * rows + ranks[j]!]!; // hot: rows × columns steps
};
