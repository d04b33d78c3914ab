import { FEWEST_AHEAD } from './chunk.ts';
import { createRetention, UNUSED, type Retention } from './retention.ts';
import { addWords, createRows, reserveRow, type Rows } from './rows.ts';
import { BESIDE, createTextKeys, LETTER_WORDS, MISSING, type TextKeys } from './text-keys.ts';

/** Whole numbers for the texts of one column, for as long as they can matter. */
export type Interner = {
  /** The number of a text, made where there is none. It stays until the next `sweep`, and from its latest use for a time. */
  idOf(text: string): number;
  /** Texts that are looked for together, at most `CHUNK_LENGTH`. */
  readonly keys: Pick<TextKeys, 'prepare' | 'preparePacked'>;
  /** The numbers of the first of `keys`, made where there are none; −1 where one is missing. */
  idsOf(count: number, ids: Int32Array): void;
  /** The number of a text; −1 where there is none. */
  find(text: string): number;
  /** The numbers of the first of `keys`; −1 where there are none. */
  findAll(count: number, ids: Int32Array): void;
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
/** In place of its length, of a record that holds no text. */
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
  const keys = createTextKeys(seed);
  const { letters, hashes, lengths, texts, prepare } = keys;
  /** Where what was read ahead goes, so that reading it is not left out. */
  const ahead = new Int32Array(1);

  // hot: ids lie inside the rows, here and below
  const word = (id: number, which: number): number => rows.ints[id * rows.words + which]!;
  const setWord = (id: number, which: number, value: number): void => {
    rows.ints[id * rows.words + which] = value;
  };

  const isAt = (id: number, n: number): boolean => {
    const { ints, words } = rows;
    const record = id * words + LETTERS;
    const length = ints[record - LETTERS + LENGTH]!;
    if (length !== lengths[n]) return false;
    if (length === BESIDE) return beside.get(id) === texts[n];
    const first = n * LETTER_WORDS;
    return (
      ints[record] === letters[first] &&
      ints[record + 1] === letters[first + 1] &&
      ints[record + 2] === letters[first + 2] &&
      ints[record + 3] === letters[first + 3]
    );
  };

  const findPrepared = (n: number): number => {
    const { ints, words } = rows;
    const h = hashes[n]!;
    let id = buckets[h & (buckets.length - 1)]!;
    while (id >= 0 && (ints[id * words] !== h || !isAt(id, n))) id = ints[id * words + NEXT]!;
    return id;
  };

  /** Reads the buckets and the records of the first of the keys ahead: one after the other each would be waited for. */
  const readAhead = (count: number): void => {
    if (count < FEWEST_AHEAD) return;
    const mask = buckets.length - 1;
    const { ints, words } = rows;
    let sum = 0;
    for (let n = 0; n < count; n++)
      if (lengths[n] !== MISSING) sum ^= ints[Math.max(0, buckets[hashes[n]! & mask]!) * words]!;
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

  const make = (n: number): number => {
    if (2 * size >= buckets.length) rehash();
    const id = newId();
    const h = hashes[n]!;
    const bucket = h & (buckets.length - 1);
    setWord(id, 0, h);
    setWord(id, NEXT, buckets[bucket]!);
    setWord(id, CODE, -1);
    use(id, UNUSED);
    setWord(id, LENGTH, lengths[n]!);
    const first = n * LETTER_WORDS;
    for (let i = 0; i < LETTER_WORDS; i++) setWord(id, LETTERS + i, letters[first + i]!);
    if (lengths[n] === BESIDE) beside.set(id, texts[n] ?? '');
    buckets[bucket] = id;
    size++;
    inserted++;
    retention.made(id);
    return id;
  };
  const idPrepared = (n: number): number => {
    const known = findPrepared(n);
    return known >= 0 ? known : make(n);
  };

  return {
    keys,
    find: (text) => {
      prepare(text, 0);
      return findPrepared(0);
    },
    findAll: (count, ids) => {
      readAhead(count);
      for (let n = 0; n < count; n++) ids[n] = lengths[n] === MISSING ? -1 : findPrepared(n);
    },
    idOf: (text) => {
      prepare(text, 0);
      return idPrepared(0);
    },
    idsOf: (count, ids) => {
      readAhead(count);
      for (let n = 0; n < count; n++) ids[n] = lengths[n] === MISSING ? -1 : idPrepared(n);
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
