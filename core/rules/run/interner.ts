import { FEWEST_AHEAD } from './chunk.ts';
import { createRetention, UNUSED, type Retention } from './retention.ts';
import { addWords, createRows, reserveRow, type Rows } from './rows.ts';
import { createTextKeys, LETTER_WORDS } from './text-keys.ts';

/** Whole numbers for the texts of one column, for as long as they can matter. */
export type Interner = {
  /** The number of a text, made where there is none. It stays until the next `sweep`, and from its latest use for a time. */
  idOf(text: string): number;
  /** The numbers of some texts (at most `CHUNK_LENGTH`), made where there are none; −1 for null. */
  idsOf(texts: readonly (string | null)[], count: number, ids: Int32Array): void;
  /** The number of a text; −1 where there is none. */
  find(text: string): number;
  /** The numbers of some texts (at most `CHUNK_LENGTH`); −1 where there are none. */
  findAll(texts: readonly (string | null)[], count: number, ids: Int32Array): void;
  textOf(id: number): string;
  /** A text is used at a moment. */
  use(id: number, at: number): void;
  /** The code of a text: −1 until it is given one, which keeps it for good. */
  code(id: number): number;
  setCode(id: number, code: number): void;
  /** How long texts are kept. Swept between two chunks. */
  readonly retention: Retention;
  /** A row for each number, to which others may add words of their own. */
  readonly rows: Rows;
};

/** Words of a text: its hash, the next one of the bucket or of the free ones, length, code, room for 16 letters, latest use. */
const WORDS = 10;
const NEXT = 1;
const LENGTH = 2;
const CODE = 3;
const LETTERS = 4;
const TIME = 8;
/** Length of a text that is not in the record but beside it. */
const BESIDE = -1;
const FREE = -2;
const INITIAL = 16;

/**
 * A hash table over records of 40 bytes, in which texts of up to 16 Latin letters lie themselves (a pseudonym has 12): a Map
 * of strings costs several times as many misses of the cache. `seed` is drawn by chance.
 */
export const createInterner = (seed: number): Interner => {
  let buckets = new Int32Array(INITIAL).fill(-1);
  const rows = createRows();
  addWords(rows, WORDS); // the first of the row
  const beside = new Map<number, string>();
  let free = -1;
  let reached = 0;
  let size = 0;
  let inserted = 0;
  const { letters, hashes, isInline, prepare } = createTextKeys(seed);
  /** Where what was read ahead goes, so that reading it is not left out. */
  const ahead = new Int32Array(1);

  // hot: ids lie inside the rows, here and below
  const word = (id: number, which: number): number => rows.ints[id * rows.words + which]!;
  const setWord = (id: number, which: number, value: number): void => {
    rows.ints[id * rows.words + which] = value;
  };

  const isAt = (id: number, text: string, n: number): boolean => {
    const { ints, words } = rows;
    const record = id * words + LETTERS;
    const length = ints[record - LETTERS + LENGTH]!;
    if (isInline[n] === 0) return length === BESIDE && beside.get(id) === text;
    if (length !== text.length) return false;
    const first = n * LETTER_WORDS;
    return (
      ints[record] === letters[first] &&
      ints[record + 1] === letters[first + 1] &&
      ints[record + 2] === letters[first + 2] &&
      ints[record + 3] === letters[first + 3]
    );
  };

  const findPrepared = (text: string, n: number): number => {
    const { ints, words } = rows;
    const h = hashes[n]!;
    let id = buckets[h & (buckets.length - 1)]!;
    while (id >= 0 && (ints[id * words] !== h || !isAt(id, text, n))) id = ints[id * words + NEXT]!;
    return id;
  };

  /** Prepares for some texts, and reads them, their buckets and their records ahead: one after the other each would be waited for. */
  const prepareAll = (texts: readonly (string | null)[], count: number): void => {
    let sum = 0;
    if (count >= FEWEST_AHEAD) for (let n = 0; n < count; n++) sum += texts[n]?.length ?? 0;
    for (let n = 0; n < count; n++) {
      const text = texts[n]!;
      if (text !== null) prepare(text, n);
    }
    if (count < FEWEST_AHEAD) return;
    const mask = buckets.length - 1;
    const { ints, words } = rows;
    for (let n = 0; n < count; n++) sum ^= ints[Math.max(0, buckets[hashes[n]! & mask]!) * words]!;
    ahead[0] = sum;
  };

  const use = (id: number, at: number): void => {
    rows.floats[(id * rows.words + TIME) / 2] = at;
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

  const retention = createRetention(
    {
      reach: () => reached,
      inserted: () => inserted,
      nextBefore: (moment, from, below) => {
        const { ints, floats, words } = rows;
        let at = from * words;
        for (let id = from; id < below; id++, at += words)
          if (floats[(at + TIME) / 2]! < moment && ints[at + LENGTH] !== FREE && ints[at + CODE]! < 0) return id;
        return below;
      },
    },
    forget,
  );

  const make = (n: number, text: string): number => {
    if (2 * size >= buckets.length) rehash();
    const id = newId();
    const h = hashes[n]!;
    const bucket = h & (buckets.length - 1);
    setWord(id, 0, h);
    setWord(id, NEXT, buckets[bucket]!);
    setWord(id, CODE, -1);
    use(id, UNUSED);
    setWord(id, LENGTH, isInline[n] === 1 ? text.length : BESIDE);
    const first = n * LETTER_WORDS;
    for (let i = 0; i < LETTER_WORDS; i++) setWord(id, LETTERS + i, letters[first + i]!);
    if (isInline[n] === 0) beside.set(id, text);
    buckets[bucket] = id;
    size++;
    inserted++;
    retention.made(id);
    return id;
  };
  const idPrepared = (text: string, n: number): number => {
    const known = findPrepared(text, n);
    return known >= 0 ? known : make(n, text);
  };

  return {
    find: (text) => {
      prepare(text, 0);
      return findPrepared(text, 0);
    },
    findAll: (texts, count, ids) => {
      prepareAll(texts, count);
      for (let n = 0; n < count; n++) {
        const text = texts[n]!;
        ids[n] = text === null ? -1 : findPrepared(text, n);
      }
    },
    idOf: (text) => {
      prepare(text, 0);
      return idPrepared(text, 0);
    },
    idsOf: (texts, count, ids) => {
      prepareAll(texts, count);
      for (let n = 0; n < count; n++) {
        const text = texts[n]!;
        ids[n] = text === null ? -1 : idPrepared(text, n);
      }
    },
    textOf: (id) => {
      const length = word(id, LENGTH);
      if (length === BESIDE) return beside.get(id) ?? '';
      const units: number[] = [];
      for (let i = 0; i < length; i++) units.push((word(id, LETTERS + (i >> 2)) >>> ((i & 3) << 3)) & 255);
      return String.fromCharCode(...units);
    },
    use,
    code: (id) => word(id, CODE),
    setCode: (id, code) => setWord(id, CODE, code),
    retention,
    rows,
  };
};
