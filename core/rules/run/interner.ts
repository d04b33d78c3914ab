import { addWords, createRows, reserveRow, type Rows } from './rows.ts';

/** Whole numbers for the texts of one column, for as long as something refers to them. */
export type Interner = {
  /** The number of a text, made where there is none; until the next `sweep` at least, and as long as it is retained. */
  idOf(text: string): number;
  /** The number of a text; −1 where there is none. */
  find(text: string): number;
  textOf(id: number): string;
  retain(id: number): void;
  release(id: number): void;
  /** Forgets what nothing refers to. Between two events. */
  sweep(): void;
  /** A row for each number, to which others may add words of their own. */
  readonly rows: Rows;
};

/** Words of a text: its hash, the next one of the bucket or of the free ones, references, length, and room for 16 letters. */
const WORDS = 8;
const NEXT = 1;
const REFERENCES = 2;
const LENGTH = 3;
const INLINE = 16;
const LETTERS = 4;
const LETTER_WORDS = INLINE / 4;
/** Length of a text that is not in the record but beside it. */
const BESIDE = -1;
const FREE = -2;
const INITIAL = 16;

/**
 * A hash table over records of 32 bytes, in which texts of up to 16 Latin letters lie themselves (a pseudonym has 12): a Map
 * of strings costs several times as many misses of the cache. `seed` is drawn by chance, so that nobody can write a log
 * whose texts share a bucket.
 */
export const createInterner = (seed: number): Interner => {
  const factor = (seed << 1) | 1;
  let buckets = new Int32Array(INITIAL).fill(-1);
  const rows = createRows();
  addWords(rows, WORDS); // the first of the row
  const beside = new Map<number, string>();
  let free = -1;
  let reached = 0;
  let size = 0;
  let loose: number[] = [];
  /** The text hashed last, as it lies in a record, and whether it fits into one. */
  const letters = new Uint8Array(INLINE);
  const lines = new Int32Array(letters.buffer);
  let isInline = false;

  // hot: ids lie inside the rows, here and below
  const word = (id: number, which: number): number => rows.ints[id * rows.words + which]!;
  const setWord = (id: number, which: number, value: number): void => {
    rows.ints[id * rows.words + which] = value;
  };

  const hash = (text: string): number => {
    const { length } = text;
    isInline = length <= INLINE;
    let all = 0;
    if (isInline) {
      lines.fill(0);
      for (let i = 0; i < length; i++) {
        const unit = text.charCodeAt(i);
        letters[i] = unit;
        all |= unit;
      }
      isInline = all < 256;
    }
    let h = seed ^ length;
    // Letters of records four at a time; others one by one.
    if (isInline) for (let i = 0; i < LETTER_WORDS; i++) h = mixed(h, lines[i]!, factor);
    else for (let i = 0; i < length; i++) h = mixed(h, text.charCodeAt(i), factor);
    return Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  };

  const isAt = (id: number, text: string): boolean => {
    const length = word(id, LENGTH);
    if (!isInline) return length === BESIDE && beside.get(id) === text;
    if (length !== text.length) return false;
    const first = id * rows.words + LETTERS;
    const { ints } = rows;
    return (
      ints[first] === lines[0] &&
      ints[first + 1] === lines[1] &&
      ints[first + 2] === lines[2] &&
      ints[first + 3] === lines[3]
    );
  };

  const findHashed = (h: number, text: string): number => {
    let id = buckets[h & (buckets.length - 1)]!;
    while (id >= 0 && (word(id, 0) !== h || !isAt(id, text))) id = word(id, NEXT);
    return id;
  };

  const rehash = (): void => {
    buckets = new Int32Array(buckets.length * 2).fill(-1);
    for (let id = 0; id < reached; id++) {
      if (word(id, LENGTH) === FREE) continue;
      const bucket = word(id, 0) & (buckets.length - 1);
      setWord(id, NEXT, buckets[bucket]!);
      buckets[bucket] = id;
    }
  };

  const newId = (): number => {
    if (free >= 0) {
      const id = free;
      free = word(id, NEXT);
      return id;
    }
    reserveRow(rows, reached);
    return reached++;
  };

  const forget = (id: number): void => {
    const bucket = word(id, 0) & (buckets.length - 1);
    const next = word(id, NEXT);
    let before = buckets[bucket]!;
    if (before === id) buckets[bucket] = next;
    else {
      while (word(before, NEXT) !== id) before = word(before, NEXT);
      setWord(before, NEXT, next);
    }
    if (word(id, LENGTH) === BESIDE) beside.delete(id);
    setWord(id, LENGTH, FREE);
    setWord(id, NEXT, free);
    free = id;
    size--;
  };

  return {
    find: (text) => findHashed(hash(text), text),
    idOf: (text) => {
      const h = hash(text);
      const known = findHashed(h, text);
      if (known >= 0) return known;
      if (2 * size >= buckets.length) rehash();
      const id = newId();
      const bucket = h & (buckets.length - 1);
      setWord(id, 0, h);
      setWord(id, NEXT, buckets[bucket]!);
      setWord(id, REFERENCES, 0);
      setWord(id, LENGTH, isInline ? text.length : BESIDE);
      if (!isInline) beside.set(id, text);
      else rows.ints.set(lines, id * rows.words + LETTERS);
      buckets[bucket] = id;
      size++;
      loose.push(id);
      return id;
    },
    textOf: (id) => {
      const length = word(id, LENGTH);
      if (length === BESIDE) return beside.get(id) ?? '';
      const first = (id * rows.words + LETTERS) * 4;
      return Buffer.from(rows.bytes.buffer, first, length).toString('latin1');
    },
    retain: (id) => setWord(id, REFERENCES, word(id, REFERENCES) + 1),
    release: (id) => {
      const left = word(id, REFERENCES) - 1;
      setWord(id, REFERENCES, left);
      if (left === 0) loose.push(id); // not forgotten at once: the present event may just have asked for it
    },
    sweep: () => {
      if (loose.length === 0) return;
      // An id may stand here twice.
      for (const id of loose) if (word(id, REFERENCES) === 0 && word(id, LENGTH) !== FREE) forget(id);
      loose = [];
    },
    rows,
  };
};

/** One step of a hash that nobody can compute who does not know the factor. */
const mixed = (hash: number, word: number, factor: number): number => {
  const h = Math.imul(hash ^ word, factor);
  return h ^ (h >>> 15);
};
