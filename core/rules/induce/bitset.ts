/** A set of rows: row i is in it when bit i mod 32 of word ⌊i / 32⌋ is 1. */
export type Bitset = Uint32Array;

export const emptySet = (rows: number): Bitset => new Uint32Array((rows + 31) >>> 5);

export const addRow = (set: Bitset, row: number): void => {
  set[row >>> 5]! |= 1 << (row & 31); // row < 32 · words
};

export const hasRow = (set: Bitset, row: number): boolean => ((set[row >>> 5] ?? 0) & (1 << (row & 31))) !== 0;

/** The rows for which `isIn` holds. */
export const setOf = (rows: number, isIn: (row: number) => boolean): Bitset => {
  const set = emptySet(rows);
  for (let row = 0; row < rows; row++) if (isIn(row)) addRow(set, row);
  return set;
};

/** The rows of a set, ascending. */
export const rowsOf = (set: Bitset): Uint32Array => {
  const rows = new Uint32Array(countOf(set));
  let count = 0;
  for (let w = 0; w < set.length; w++) {
    for (let left = set[w]!; left !== 0; left &= left - 1) rows[count++] = w * 32 + 31 - Math.clz32(left & -left);
  }
  return rows;
};

/** Bits of a word (Warren 2013, figure 5-2). */
const popcount = (word: number): number => {
  let x = word - ((word >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

export const countOf = (set: Bitset): number => {
  let count = 0;
  for (let w = 0; w < set.length; w++) count += popcount(set[w]!); // hot: w < length
  return count;
};

/** Size of the intersection of two sets of equally many rows. */
export const countBoth = (a: Bitset, b: Bitset): number => {
  let count = 0;
  for (let w = 0; w < a.length; w++) count += popcount(a[w]! & b[w]!); // hot: equally long
  return count;
};

/** Rows of `a` that are not in `b`. */
export const countWithout = (a: Bitset, b: Bitset): number => {
  let count = 0;
  for (let w = 0; w < a.length; w++) count += popcount(a[w]! & ~b[w]!); // hot: equally long
  return count;
};

// Plain loops, as these run for every rule looked at; sets of one table are equally long.

export const both = (a: Bitset, b: Bitset): Bitset => {
  const set = new Uint32Array(a.length);
  for (let w = 0; w < a.length; w++) set[w] = a[w]! & b[w]!; // hot: equally long
  return set;
};

export const either = (a: Bitset, b: Bitset): Bitset => {
  const set = new Uint32Array(a.length);
  for (let w = 0; w < a.length; w++) set[w] = a[w]! | b[w]!; // hot: equally long
  return set;
};

export const without = (a: Bitset, b: Bitset): Bitset => {
  const set = new Uint32Array(a.length);
  for (let w = 0; w < a.length; w++) set[w] = a[w]! & ~b[w]!; // hot: equally long
  return set;
};

/** |A ∩ B| / |A ∪ B| (Jaccard 1912); 1 of two empty sets. */
export const jaccard = (a: Bitset, b: Bitset): number => {
  const common = countBoth(a, b);
  const all = countOf(a) + countOf(b) - common;
  return all === 0 ? 1 : common / all;
};
