import { FEWEST_AHEAD } from './chunk.ts';
import { grownInts } from './grow.ts';
import { addWords, createRows, reserveRow, type Rows } from './rows.ts';

/**
 * A hash map from pairs of whole numbers (32 bits) to entries 0, 1, 2 …: each has a time, a mark, and a place in one of
 * many lists.
 */
export type PairTable = {
  /** The entry of a pair; −1 where there is none. */
  find(a: number, b: number): number;
  /** Reads what finding some pairs will need, all at once: one after the other each would be waited for. */
  readAhead(as: Int32Array, bs: Int32Array, count: number): void;
  /** A new entry for a pair that has none, unmarked and in no list; numbers of removed entries are used again. */
  insert(a: number, b: number, time: number): number;
  /** Removes an entry that is in no list. */
  remove(entry: number): void;
  first(entry: number): number;
  second(entry: number): number;
  time(entry: number): number;
  setTime(entry: number, time: number): void;
  isMarked(entry: number): boolean;
  mark(entry: number, isMarked: boolean): void;
  /** Numbers of entries given so far: all entries lie below. */
  reach(): number;
  isThere(entry: number): boolean;
  /** The first entry from one on, below another one, that is there and of a time before a moment; that other one if none is. */
  nextBefore(moment: number, from: number, below: number): number;
  /** Entries made so far. */
  inserted(): number;
  /** Begins with an empty list. Lists are numbered 0, 1, 2 …. */
  begin(list: number): void;
  /** The first entry of a list; −1 where it is empty. */
  head(list: number): number;
  length(list: number): number;
  append(list: number, entry: number): void;
  unlink(list: number, entry: number): void;
  /** Moves an entry of the list to its end. */
  moveToEnd(list: number, entry: number): void;
};

/** Words of an entry: the pair, the next one of the bucket or of the free ones, neighbours in the list, a state, the time. */
const SECOND = 1;
const NEXT = 2;
const BEFORE = 3;
const AFTER = 4;
const STATE = 5;
const TIME = 6;
const WORDS = 8;
const FREE = 0;
const UNMARKED = 1;
const MARKED = 2;
const LIST_WORDS = 4;
const TAIL = 1;
const LENGTH = 2;
const INITIAL = 16;

/** Chained hashing over rows in one array, at whose beginning its words stand: others may add words of their own. */
export const createPairTable = (rows: Rows = createRows()): PairTable => {
  addWords(rows, WORDS); // the first of the row
  let buckets = new Int32Array(INITIAL).fill(-1);
  /** Head, tail and length of each list. */
  let lists = new Int32Array(INITIAL * LIST_WORDS);
  /** Where what was read ahead goes, so that reading it is not left out. */
  const ahead = new Int32Array(1);
  let free = -1;
  let reached = 0;
  let size = 0;
  let inserted = 0;

  // hot: entries lie inside the arrays, here and below
  const word = (entry: number, which: number): number => rows.ints[entry * rows.words + which]!;
  const setWord = (entry: number, which: number, value: number): void => {
    rows.ints[entry * rows.words + which] = value;
  };
  const bucketOf = (a: number, b: number): number => hash(a, b) & (buckets.length - 1);

  const rehash = (): void => {
    buckets = new Int32Array(buckets.length * 2).fill(-1);
    for (let entry = 0; entry < reached; entry++) {
      if (word(entry, STATE) === FREE) continue;
      const bucket = bucketOf(word(entry, 0), word(entry, SECOND));
      setWord(entry, NEXT, buckets[bucket]!);
      buckets[bucket] = entry;
    }
  };

  const setTime = (entry: number, time: number): void => {
    rows.floats[(entry * rows.words + TIME) / 2] = time;
  };

  const append = (list: number, entry: number): void => {
    const head = list * LIST_WORDS;
    const tail = lists[head + TAIL]!;
    setWord(entry, BEFORE, tail);
    setWord(entry, AFTER, -1);
    if (tail < 0) lists[head] = entry;
    else setWord(tail, AFTER, entry);
    lists[head + TAIL] = entry;
    lists[head + LENGTH] = lists[head + LENGTH]! + 1;
  };

  const unlink = (list: number, entry: number): void => {
    const head = list * LIST_WORDS;
    const left = word(entry, BEFORE);
    const right = word(entry, AFTER);
    if (left < 0) lists[head] = right;
    else setWord(left, AFTER, right);
    if (right < 0) lists[head + TAIL] = left;
    else setWord(right, BEFORE, left);
    lists[head + LENGTH] = lists[head + LENGTH]! - 1;
  };

  return {
    find: (a, b) => {
      const { ints, words } = rows;
      let entry = buckets[bucketOf(a, b)]!;
      while (entry >= 0 && (ints[entry * words] !== a || ints[entry * words + SECOND] !== b))
        entry = ints[entry * words + NEXT]!;
      return entry;
    },
    readAhead: (as, bs, count) => {
      if (count < FEWEST_AHEAD) return;
      const { ints, words } = rows;
      let sum = 0;
      for (let i = 0; i < count; i++) sum ^= ints[Math.max(0, buckets[bucketOf(as[i]!, bs[i]!)]!) * words]!;
      ahead[0] = sum;
    },
    insert: (a, b, time) => {
      if (2 * size >= buckets.length) rehash();
      let entry = free;
      if (entry >= 0) free = word(entry, NEXT);
      else {
        entry = reached++;
        reserveRow(rows, entry);
      }
      const bucket = bucketOf(a, b);
      setWord(entry, 0, a);
      setWord(entry, SECOND, b);
      setWord(entry, NEXT, buckets[bucket]!);
      setWord(entry, STATE, UNMARKED);
      setTime(entry, time);
      buckets[bucket] = entry;
      size++;
      inserted++;
      return entry;
    },
    remove: (entry) => {
      const bucket = bucketOf(word(entry, 0), word(entry, SECOND));
      const next = word(entry, NEXT);
      let before = buckets[bucket]!;
      if (before === entry) buckets[bucket] = next;
      else {
        while (word(before, NEXT) !== entry) before = word(before, NEXT);
        setWord(before, NEXT, next);
      }
      setWord(entry, STATE, FREE);
      setWord(entry, NEXT, free);
      free = entry;
      size--;
    },
    first: (entry) => word(entry, 0),
    second: (entry) => word(entry, SECOND),
    time: (entry) => rows.floats[(entry * rows.words + TIME) / 2]!,
    setTime,
    isMarked: (entry) => word(entry, STATE) === MARKED,
    mark: (entry, isMarked) => setWord(entry, STATE, isMarked ? MARKED : UNMARKED),
    inserted: () => inserted,
    reach: () => reached,
    isThere: (entry) => word(entry, STATE) !== FREE,
    nextBefore: (moment, from, below) => {
      const { ints, floats, words } = rows;
      let at = from * words;
      for (let entry = from; entry < below; entry++, at += words)
        if (floats[(at + TIME) / 2]! < moment && ints[at + STATE] !== FREE) return entry;
      return below;
    },
    begin: (list) => {
      const at = list * LIST_WORDS;
      if (at >= lists.length) lists = grownInts(lists, at + LIST_WORDS);
      lists[at] = -1;
      lists[at + TAIL] = -1;
      lists[at + LENGTH] = 0;
    },
    head: (list) => lists[list * LIST_WORDS]!,
    length: (list) => lists[list * LIST_WORDS + LENGTH]!,
    append,
    unlink,
    moveToEnd: (list, entry) => {
      if (lists[list * LIST_WORDS + TAIL] === entry) return;
      unlink(list, entry);
      append(list, entry);
    },
  };
};

/** Two rounds of the finaliser of MurmurHash3 (Appleby 2011): every bit of both numbers moves every bit of the result. */
const hash = (a: number, b: number): number => {
  let h = Math.imul(a, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
};
