import { addRow, emptySet, type Bitset } from './bitset.ts';

/**
 * Rows × columns as bytes, row by row: how many cuts of the column are at most the value; one more than there are cuts where it
 * is missing.
 */
export type Codes = {
  readonly rows: number;
  readonly columns: number;
  /** `codes[row · columns + column]`. */
  readonly codes: Uint8Array;
  /** Ascending thresholds of each column. */
  readonly cuts: readonly Float64Array[];
  /** Where the bins of each column start in a histogram of all; the last entry is how many there are. */
  readonly offsets: Uint32Array;
};

/** `value >= cuts[cut]` (`isHigh`) or `value < cuts[cut]`; a missing value meets neither. */
export type Literal = { readonly column: number; readonly cut: number; readonly isHigh: boolean };

/** All must hold. */
export type Conjunction = readonly Literal[];

/** Cuts of a column at most: the search for the bin of a value takes seven steps. */
export const MOST_CUTS = 127;

/** Codes every value by the cuts of its column. */
export const encode = (columns: readonly Float64Array[], cuts: readonly Float64Array[]): Codes => {
  const rows = columns[0]?.length ?? 0;
  const width = columns.length;
  const codes = new Uint8Array(rows * width);
  const offsets = new Uint32Array(width + 1);
  const padded = new Float64Array(MOST_CUTS + 1);
  columns.forEach((column, j) => {
    const own = cuts[j] ?? new Float64Array(0);
    offsets[j + 1] = (offsets[j] ?? 0) + own.length + 2;
    padded.fill(Number.POSITIVE_INFINITY).set(own);
    // Hot: every value; positions stay below 128 and below rows · width.
    for (let i = 0, at = j; i < rows; i++, at += width) {
      const value = column[i]!;
      let below = padded[63]! <= value ? 64 : 0;
      below += padded[below + 31]! <= value ? 32 : 0;
      below += padded[below + 15]! <= value ? 16 : 0;
      below += padded[below + 7]! <= value ? 8 : 0;
      below += padded[below + 3]! <= value ? 4 : 0;
      below += padded[below + 1]! <= value ? 2 : 0;
      below += padded[below]! <= value ? 1 : 0;
      codes[at] = value === value ? Math.min(below, own.length) : own.length + 1;
    }
  });
  return { rows, columns: width, codes, cuts, offsets };
};

/** The codes from which to which a condition holds. */
const range = ({ cuts }: Codes, { column, cut, isHigh }: Literal): readonly [from: number, to: number] =>
  isHigh ? [cut + 1, cuts[column]?.length ?? 0] : [0, cut];

/** The rows among `rows` that meet a condition. */
export const narrowed = (codes: Codes, rows: Uint32Array, literal: Literal): Uint32Array => {
  const [from, to] = range(codes, literal);
  const { columns, codes: all } = codes;
  const kept = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!; // hot: i < length
    const code = all[row * columns + literal.column]!;
    if (code >= from && code <= to) kept[count++] = row;
  }
  return kept.slice(0, count);
};

/** Every row that meets all conditions. */
export const hitsOf = (codes: Codes, rule: Conjunction): Bitset => {
  const hits = emptySet(codes.rows);
  const ranges = rule.map((literal) => range(codes, literal));
  for (let row = 0, at = 0; row < codes.rows; row++, at += codes.columns) {
    let isHit = true;
    for (let l = 0; l < rule.length && isHit; l++) {
      const code = codes.codes[at + rule[l]!.column]!; // hot: l < length
      isHit = code >= ranges[l]![0] && code <= ranges[l]![1];
    }
    if (isHit) addRow(hits, row);
  }
  return hits;
};

/** Of each cut, whether at least `k` rows lie on either side: others could say something of too few. */
export const supportedCuts = (codes: Codes, k: number): readonly Uint8Array[] => {
  const { rows, columns, codes: all, cuts, offsets } = codes;
  const counts = new Uint32Array(offsets[columns] ?? 0);
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) counts[offsets[j]! + all[at++]!]!++; // hot
  return cuts.map((own, j) => {
    const start = offsets[j] ?? 0;
    const having = counts.subarray(start, start + own.length + 1).reduce((sum, count) => sum + count, 0);
    let below = 0;
    return Uint8Array.from(own, (_, cut) => {
      const before = below;
      below += counts[start + cut] ?? 0;
      // A cut with the same rows below it as the one before says the same.
      return below >= k && having - below >= k && (cut === 0 || below > before) ? 1 : 0;
    });
  });
};
