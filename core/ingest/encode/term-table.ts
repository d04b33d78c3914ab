import { hashWords } from './term-hash.ts';

/** Longest string DuckDB keeps inside its 16-byte string slot. */
export const INLINE = 12;

/**
 * What is remembered of the values of one column: raw bytes and what they became. It lies in shared memory, so that a
 * value any worker met is rewritten once. Entries are only added, each published by one atomic store of its place into
 * `index` after it was written; growing and starting over are for when nobody reads (`settleTable`).
 *
 * An entry in `arena`: length of the raw bytes and, above it, of the value + 1 (0: missing) · value, three words at
 * least, so that it can be copied where DuckDB keeps a short string · raw bytes as little-endian words. It takes whole
 * half cache lines: most identifiers fit one, which is one trip to memory.
 */
export type TermTable = {
  /** COUNT, USED, WANTED, SEED, FENCE. */
  readonly header: Int32Array;
  /** Open addressing with linear probing: where an entry begins, and above it the first bits of its hash; 0 is free. */
  readonly index: Int32Array;
  readonly arena: Int32Array;
};

export const VALUE = 1;
const VALUE_WORDS = 3;
const ENTRY_WORDS = 8;

/** Longest raw value an entry holds. */
export const MAX_RAW = 1023;
const RAW_BITS = 10;

export const lengthsOf = (rawLength: number, valueLength: number): number =>
  ((valueLength + 1) << RAW_BITS) | rawLength;
export const rawLengthOf = (lengths: number): number => lengths & MAX_RAW;
/** -1 where the value is missing. */
export const valueLengthOf = (lengths: number): number => (lengths >> RAW_BITS) - 1;

const COUNT = 0;
const USED = 1;
const WANTED = 2;
const SEED = 3;
const FENCE = 4;

/** Bits of an index word that are a place; the others are the hash's. */
const PLACE_BITS = 26;
export const PLACE = (1 << PLACE_BITS) - 1;

/** Share of slots in use up to which entries are added: linear probing stays short below it. */
const MAX_LOAD = 0.6;
/** Share of slots or words in use at which a table wants to be settled: the rest is for blocks that are being read. */
const EARLY = 0.7;
const FIRST_SLOTS = 1 << 15;
const FIRST_WORDS = 1 << 18;
const GROWTH = 4;

/** Most a table grows to, in slots and words; beyond it starts over, which bounds its memory and never the result. */
export type TableLimits = { readonly slots: number; readonly words: number };

const shared = (words: number): Int32Array => new Int32Array(new SharedArrayBuffer(words * 4));

const makeTable = (slots: number, words: number, seed: number): TermTable => {
  const header = shared(5);
  header[USED] = ENTRY_WORDS; // place 0 is no place
  header[SEED] = seed;
  return { header, index: shared(slots), arena: shared(words) };
};

/** `seed` makes the hashes of a case its own. */
export const createTermTable = (seed: number): TermTable => makeTable(FIRST_SLOTS, FIRST_WORDS, seed);

export const seedOf = (table: TermTable): number => table.header[SEED] ?? 0;

/** Words a value takes in an entry; the raw bytes follow it. */
export const valueWords = (valueLength: number): number =>
  valueLength <= INLINE ? VALUE_WORDS : (valueLength + 3) >> 2;

/** Room for an entry that nobody finds yet; 0 where the table is full. */
export const reserveEntry = (table: TermTable, rawLength: number, valueLength: number): number => {
  const { header, index, arena } = table;
  const mostEntries = index.length * MAX_LOAD;
  const count = Atomics.load(header, COUNT);
  if (count >= mostEntries || Atomics.load(header, USED) >= arena.length) return 0;
  const words = (VALUE + valueWords(valueLength) + ((rawLength + 3) >> 2) + ENTRY_WORDS - 1) & -ENTRY_WORDS;
  const entry = Atomics.add(header, USED, words);
  if (count >= mostEntries * EARLY || entry + words >= arena.length * EARLY) Atomics.store(header, WANTED, 1);
  return entry + words <= arena.length ? entry : 0;
};

/** Publishes an entry in a free slot; what lies there: 0 where it is the entry now, else another that came first. */
export const publish = (table: TermTable, slot: number, word: number): number => {
  const before = Atomics.compareExchange(table.index, slot, 0, word);
  if (before === 0) Atomics.add(table.header, COUNT, 1);
  return before;
};

/** Orders what was read before and after it: entries of places read before it are whole. Costs less than a load each. */
export const fence = (table: TermTable): void => {
  Atomics.add(table.header, FENCE, 0);
};

export const wantsSettling = (table: TermTable): boolean => Atomics.load(table.header, WANTED) !== 0;

/** The table with more room, or empty where it may not grow. Only while nobody uses it. */
export const settleTable = (table: TermTable, limits: TableLimits): TermTable => {
  const { header, index, arena } = table;
  const moreSlots = (header[COUNT] ?? 0) >= index.length * MAX_LOAD * EARLY;
  const moreWords = (header[USED] ?? 0) >= arena.length * EARLY;
  const slots = Math.min(index.length * (moreSlots ? GROWTH : 1), limits.slots);
  const words = Math.min(arena.length * (moreWords ? GROWTH : 1), limits.words);
  const settled = makeTable(slots, words, seedOf(table));
  const grows = (!moreSlots || slots > index.length) && (!moreWords || words > arena.length);
  if (grows) copyEntries(table, settled);
  return settled;
};

const copyEntries = (from: TermTable, to: TermTable): void => {
  const used = Math.min(from.header[USED] ?? 1, from.arena.length);
  to.arena.set(from.arena.subarray(0, used));
  to.header[USED] = used;
  to.header[COUNT] = from.header[COUNT] ?? 0;
  const mask = to.index.length - 1;
  const seed = seedOf(from);
  for (const word of from.index) {
    if (word === 0) continue;
    const lengths = from.arena[word & PLACE]!; // hot: once per entry
    const raw = (word & PLACE) + VALUE + valueWords(valueLengthOf(lengths));
    let slot = hashWords(from.arena, raw, rawLengthOf(lengths), seed) & mask;
    while (to.index[slot] !== 0) slot = (slot + 1) & mask;
    to.index[slot] = word;
  }
};
