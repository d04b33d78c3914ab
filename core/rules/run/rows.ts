/**
 * Rows of words in one array, so that looking at a row touches few lines of memory. Whoever uses them adds words of their
 * own to every row; also later, when there are rows already: they are laid out anew.
 */
export type Rows = {
  ints: Int32Array<ArrayBuffer>;
  /** The same memory: place p of it are the words 2p and 2p + 1. */
  floats: Float64Array<ArrayBuffer>;
  /** Words of a row; an even number, so that doubles fit. */
  words: number;
  /** Words that were given away. */
  taken: number;
  /** Single words that were given back. */
  readonly spare: number[];
};

const INITIAL = 16;

export const createRows = (): Rows => {
  const ints = new Int32Array(INITIAL);
  return {
    ints,
    floats: new Float64Array(ints.buffer),
    words: 0,
    taken: 0,
    spare: [],
  };
};

/** Adds a word to every row, 0 at first; where in the row it is. */
export const addWord = (rows: Rows): number => {
  const spare = rows.spare.pop();
  if (spare !== undefined) return spare;
  if (rows.taken === rows.words) widen(rows, rows.words + 2);
  return rows.taken++;
};

/** Makes a word 0 in every row. */
export const clearWord = (rows: Rows, word: number): void => {
  for (let at = word; at < rows.ints.length; at += rows.words) rows.ints[at] = 0;
};

/** Gives a word back that is 0 in every row. */
export const giveWordBack = (rows: Rows, word: number): void => void rows.spare.push(word);

/** Adds words, 0 at first; where in the row the first one is: an even number. */
export const addWords = (rows: Rows, count: number): number => {
  const first = rows.taken + (rows.taken & 1);
  if (first + count > rows.words) widen(rows, first + count + (count & 1));
  rows.taken = first + count;
  return first;
};

/** Adds doubles, 0 at first; where in the row the first one is, counted in doubles. */
export const addFloats = (rows: Rows, count: number): number => addWords(rows, 2 * count) / 2;

/** Makes room for a row; a new one holds 0s. */
export const reserveRow = (rows: Rows, row: number): void => {
  const needed = (row + 1) * rows.words;
  if (needed <= rows.ints.length) return;
  const wider = new Int32Array(Math.max(needed, 2 * rows.ints.length));
  wider.set(rows.ints);
  take(rows, wider);
};

const widen = (rows: Rows, words: number): void => {
  const count = rows.words === 0 ? 0 : Math.floor(rows.ints.length / rows.words);
  const wider = new Int32Array(Math.max(INITIAL, count * words));
  for (let row = 0; row < count; row++)
    wider.set(rows.ints.subarray(row * rows.words, (row + 1) * rows.words), row * words);
  rows.words = words;
  take(rows, wider);
};

const take = (rows: Rows, ints: Int32Array<ArrayBuffer>): void => {
  rows.ints = ints;
  rows.floats = new Float64Array(ints.buffer);
};
