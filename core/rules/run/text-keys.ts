import { CHUNK_LENGTH } from './chunk.ts';
import { NOT_ASCII, textOfPacked } from './packed-texts.ts';

/** Some texts, at most `CHUNK_LENGTH`, as a table is asked for them. */
export type TextKeys = {
  /** Of the n-th: its hash. */
  readonly hashes: Int32Array;
  /** How many letters it is compared by: few enough, all Latin; `BESIDE` where it is compared as it is, `MISSING` where there is none. */
  readonly lengths: Int32Array;
  /** Those letters, four to a word, filled up with 0. */
  readonly letters: Int32Array;
  /** The text itself where it is compared as it is. */
  readonly texts: (string | null)[];
  /** Makes a text the n-th. */
  prepare(text: string | null, n: number): void;
  /** Makes the packed text that begins at a word the n-th: nothing is made of it. */
  preparePacked(words: Int32Array, at: number, n: number): void;
};

export const [BESIDE, MISSING] = [-1, -2];
const MOST_LETTERS = 16;
export const LETTER_WORDS = MOST_LETTERS / 4;

/** `seed` is drawn by chance, so that nobody can write a log whose texts share a bucket. */
export const createTextKeys = (seed: number): TextKeys => {
  const factor = (seed << 1) | 1;
  const letters = new Int32Array(CHUNK_LENGTH * LETTER_WORDS);
  const hashes = new Int32Array(CHUNK_LENGTH);
  const lengths = new Int32Array(CHUNK_LENGTH);
  const texts = Array<string | null>(CHUNK_LENGTH).fill(null);

  const prepare = (text: string | null, n: number): void => {
    if (text === null) {
      lengths[n] = MISSING;
      return;
    }
    const { length } = text;
    const first = n * LETTER_WORDS;
    for (let i = 0; i < LETTER_WORDS; i++) letters[first + i] = 0;
    let h = seed ^ length;
    let all = 0;
    let fits = length <= MOST_LETTERS;
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
    lengths[n] = fits ? length : BESIDE;
    texts[n] = fits ? null : text;
    hashes[n] = ended(h);
  };

  return {
    hashes,
    lengths,
    letters,
    texts,
    prepare,
    preparePacked: (words, at, n) => {
      const length = words[at]!; // hot: four words of each text, here and below
      const [one, two, three] = [words[at + 1]!, words[at + 2]!, words[at + 3]!];
      if (length <= 0 || ((one | two | three) & NOT_ASCII) !== 0) {
        prepare(textOfPacked(words, at), n);
        return;
      }
      const first = n * LETTER_WORDS;
      letters[first] = one;
      letters[first + 1] = two;
      letters[first + 2] = three;
      letters[first + 3] = 0;
      let h = mixed(seed ^ length, one, factor);
      if (length > 4) h = mixed(h, two, factor);
      if (length > 8) h = mixed(h, three, factor);
      lengths[n] = length;
      hashes[n] = ended(h);
    },
  };
};

/** One step of a hash that nobody can compute who does not know the factor. */
const mixed = (hash: number, word: number, factor: number): number => {
  const h = Math.imul(hash ^ word, factor);
  return h ^ (h >>> 15);
};
const ended = (hash: number): number => Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
