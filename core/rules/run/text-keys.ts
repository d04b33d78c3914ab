import { CHUNK_LENGTH } from './chunk.ts';

/** Some texts, at most `CHUNK_LENGTH`, as a table is asked for them. */
export type TextKeys = {
  /** Of the n-th: its hash. */
  readonly hashes: Int32Array;
  /** Whether it has few enough letters, all Latin, to be compared by them. */
  readonly isInline: Uint8Array;
  /** Its letters then, four to a word, filled up with 0. */
  readonly letters: Int32Array;
  /** Makes a text the n-th. */
  prepare(text: string, n: number): void;
};

const INLINE = 16;
export const LETTER_WORDS = INLINE / 4;

/** `seed` is drawn by chance, so that nobody can write a log whose texts share a bucket. */
export const createTextKeys = (seed: number): TextKeys => {
  const factor = (seed << 1) | 1;
  const letters = new Int32Array(CHUNK_LENGTH * LETTER_WORDS);
  const hashes = new Int32Array(CHUNK_LENGTH);
  const isInline = new Uint8Array(CHUNK_LENGTH);

  const prepare = (text: string, n: number): void => {
    const { length } = text;
    const first = n * LETTER_WORDS;
    for (let i = 0; i < LETTER_WORDS; i++) letters[first + i] = 0;
    let h = seed ^ length;
    let all = 0;
    let fits = length <= INLINE;
    if (fits) {
      let word = 0;
      for (let i = 0; i < length; i++) {
        const unit = text.charCodeAt(i);
        all |= unit;
        word |= unit << ((i & 3) << 3);
        if ((i & 3) !== 3 && i + 1 < length) continue;
        letters[first + (i >> 2)] = word;
        h = mixed(h, word, factor); // four letters at a time
        word = 0;
      }
      fits = all < 256;
    }
    // Other texts one by one.
    if (!fits) {
      h = seed ^ length;
      for (let i = 0; i < length; i++) h = mixed(h, text.charCodeAt(i), factor);
    }
    isInline[n] = fits ? 1 : 0;
    hashes[n] = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  };

  return { hashes, isInline, letters, prepare };
};

/** One step of a hash that nobody can compute who does not know the factor. */
const mixed = (hash: number, word: number, factor: number): number => {
  const h = Math.imul(hash ^ word, factor);
  return h ^ (h >>> 15);
};
