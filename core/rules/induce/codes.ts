import { emptySet, setOf, type Bitset } from './bitset.ts';

/**
 * Rows × columns as bytes, column by column: how many cuts of the column are at most the value; one more than there are cuts
 * where it is missing.
 */
export type Codes = {
  readonly rows: number;
  readonly columns: number;
  /** `codes[column · rows + row]`. */
  readonly codes: Uint8Array;
  /** Ascending thresholds of each column. */
  readonly cuts: readonly Float64Array[];
  /** Where the bins of each column start in a histogram of all; the last entry is how many there are. */
  readonly offsets: Uint32Array;
  /** How many values of each column are missing. */
  readonly missing: Uint32Array;
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
  const missing = new Uint32Array(width);
  const padded = new Float64Array(MOST_CUTS + 1);
  columns.forEach((column, j) => {
    const own = cuts[j] ?? new Float64Array(0);
    offsets[j + 1] = (offsets[j] ?? 0) + own.length + 2;
    padded.fill(Number.POSITIVE_INFINITY).set(own);
    // With fewer cuts the first steps change nothing.
    const isLong = own.length > 63;
    const isMiddling = own.length > 31;
    let without = 0;
    // Hot: every value, without branches that depend on it; positions stay below 128 and below rows · width.
    for (let i = 0, at = j * rows; i < rows; i++, at++) {
      const value = column[i]!;
      let below = isLong ? Number(padded[63]! <= value) << 6 : 0;
      if (isMiddling) below += Number(padded[below + 31]! <= value) << 5;
      below += Number(padded[below + 15]! <= value) << 4;
      below += Number(padded[below + 7]! <= value) << 3;
      below += Number(padded[below + 3]! <= value) << 2;
      below += Number(padded[below + 1]! <= value) << 1;
      below += Number(padded[below]! <= value);
      const isMissing = value !== value;
      codes[at] = isMissing ? own.length + 1 : Math.min(below, own.length);
      without += Number(isMissing);
    }
    missing[j] = without;
  });
  return { rows, columns: width, codes, cuts, offsets, missing };
};

/** The codes from which to which a condition holds. */
const range = ({ cuts }: Codes, { column, cut, isHigh }: Literal): readonly [from: number, to: number] =>
  isHigh ? [cut + 1, cuts[column]?.length ?? 0] : [0, cut];

/** The rows among `rows` that meet a condition. */
export const narrowed = (codes: Codes, rows: Uint32Array, literal: Literal): Uint32Array =>
  parted(codes, rows, literal).kept;

/** The rows among `rows` that meet a condition, and the others, both in their order. */
export const parted = (
  codes: Codes,
  rows: Uint32Array,
  literal: Literal,
): { readonly kept: Uint32Array; readonly dropped: Uint32Array } => {
  const [from, to] = range(codes, literal);
  const start = literal.column * codes.rows;
  const kept = new Uint32Array(rows.length);
  const dropped = new Uint32Array(rows.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!; // hot: i < length, without branches: the place written to is overwritten where it does not belong
    const code = codes.codes[start + row]!;
    kept[count] = row;
    dropped[i - count] = row;
    count += Number(code >= from && code <= to);
  }
  return { kept: kept.subarray(0, count), dropped: dropped.subarray(0, rows.length - count) };
};

/** Every row that meets all conditions. */
export const hitsOf = (codes: Codes, rule: Conjunction): Bitset => {
  const { rows, codes: all } = codes;
  const hits = emptySet(rows).fill(rule.length === 0 ? 0 : 0xffffffff);
  for (const literal of rule) {
    const [from, to] = range(codes, literal);
    const start = literal.column * rows;
    // Hot: every row, 32 to a word.
    for (let w = 0, row = 0; w < hits.length; w++) {
      if (hits[w] === 0) {
        row += 32;
        continue;
      }
      let word = 0;
      for (const end = Math.min(rows, row + 32); row < end; row++) {
        const code = all[start + row]!;
        if (code >= from && code <= to) word |= 1 << (row & 31);
      }
      hits[w]! &= word;
    }
  }
  return rule.length === 0 ? setOf(rows, () => true) : hits;
};

/** Of each cut, whether at least `k` rows lie on either side: others could say something of too few. */
export const supportedCuts = (codes: Codes, k: number): readonly Uint8Array[] => {
  const { rows, columns, codes: all, cuts, offsets } = codes;
  const counts = new Uint32Array(offsets[columns] ?? 0);
  for (let j = 0, at = 0; j < columns; j++) {
    const start = offsets[j]!;
    for (let i = 0; i < rows; i++) counts[start + all[at++]!]!++; // hot: every code
  }
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
