/**
 * What is kept of each slot, side by side in one array, so that looking at a slot touches few lines of memory. Its users
 * each add some words to the row before the first slot is made.
 */
export type Rows = {
  ints: Int32Array<ArrayBuffer>;
  /** The same memory: place p of it are the words 2p and 2p + 1. */
  floats: Float64Array<ArrayBuffer>;
  /** Words of a row. */
  words: number;
};

const INITIAL = 16;

export const createRows = (): Rows => {
  const ints = new Int32Array(INITIAL);
  return { ints, floats: new Float64Array(ints.buffer), words: 0 };
};

/** Adds words to every row; where they begin in it. An even number, so that doubles fit. */
export const addWords = (rows: Rows, count: number): number => {
  const first = rows.words;
  rows.words += count + (count & 1);
  return first;
};

/** Adds doubles to every row; where they begin in it, counted in doubles. */
export const addFloats = (rows: Rows, count: number): number => addWords(rows, 2 * count) / 2;

/** Makes room for a slot. */
export const reserveRow = (rows: Rows, slot: number): void => {
  const needed = (slot + 1) * rows.words;
  if (needed <= rows.ints.length) return;
  const wider = new Int32Array(Math.max(needed, 2 * rows.ints.length));
  wider.set(rows.ints);
  rows.ints = wider;
  rows.floats = new Float64Array(wider.buffer);
};
