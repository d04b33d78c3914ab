/** Longest string DuckDB keeps inside its 16-byte string slot. */
export const INLINE = 12;
/** No slot. */
export const NO_SLOT = -1;
/** Most values a worker remembers per column before it starts over: bounds its memory, never the result. */
const MAX_SLOTS = 1 << 20;
const MAX_ARENA_BYTES = 32 << 20;
const FIRST_SLOTS = 1 << 10;
/** Share of slots in use at which the table grows or starts over: linear probing stays short below it. */
const MAX_LOAD = 0.6;

// A slot is sixteen words, one cache line, so that a hit costs one trip to memory:
// raw hash · raw length + 1 (0: free) · encoded value as DuckDB lays a string out: length (-1: missing), 12 bytes
// · where a long raw value lies in the arena · up to 36 bytes of the raw value.
const WORDS = 16;
const LENGTH = 1;
const VALUE = 2;
const ARENA = 6;
const RAW_BYTE = 28;
const RAW_INLINE = 36;

/** From raw bytes to an encoded value. Values of up to 12 bytes are kept ready in DuckDB's string layout. */
export type TermCache = {
  /** The slot that holds these bytes, or NO_SLOT. */
  find(bytes: Uint8Array, start: number, end: number): number;
  /** Remembers a value right after `find` missed it; its slot. */
  add(bytes: Uint8Array, start: number, end: number, value: Uint8Array | null): number;
  /** Bytes of a slot's value; -1 where it is missing. */
  length(slot: number): number;
  copyInline(slot: number, into: Int32Array, at: number): void;
  longValue(slot: number): Uint8Array;
};

/** Open addressing with linear probing over FNV-1a hashes (Fowler, Noll & Vo) of the raw bytes. */
export const createTermCache = (): TermCache => {
  let slots = FIRST_SLOTS;
  let table = new Int32Array(slots * WORDS);
  let tableBytes = new Uint8Array(table.buffer);
  let long = new Map<number, Uint8Array>();
  let arena = new Uint8Array(1 << 12);
  let used = 0;
  let count = 0;
  let missedHash = 0;

  const freeSlot = (hash: number): number => {
    let slot = hash & (slots - 1);
    while (table[slot * WORDS + LENGTH]! > 0) slot = (slot + 1) & (slots - 1); // hot: slot is masked
    return slot;
  };
  const startOver = (): void => {
    table.fill(0);
    long.clear();
    used = 0;
    count = 0;
  };
  const grow = (): void => {
    const before = table;
    const longBefore = long;
    slots *= 4;
    table = new Int32Array(slots * WORDS);
    tableBytes = new Uint8Array(table.buffer);
    long = new Map();
    for (let at = 0; at < before.length; at += WORDS) {
      if (before[at + LENGTH] === 0) continue;
      const slot = freeSlot(before[at]!); // hot: at < before.length
      for (let word = 0; word < WORDS; word++) table[slot * WORDS + word] = before[at + word]!;
      const value = longBefore.get(at / WORDS);
      if (value) long.set(slot, value);
    }
  };
  const reserve = (length: number): void => {
    const arenaBytes = length > RAW_INLINE ? length : 0;
    if (used + arenaBytes > MAX_ARENA_BYTES) startOver();
    if (count >= slots * MAX_LOAD) {
      if (slots < MAX_SLOTS) grow();
      else startOver();
    }
    if (used + arenaBytes <= arena.length) return;
    const larger = new Uint8Array(Math.max(arena.length * 2, used + arenaBytes));
    larger.set(arena.subarray(0, used));
    arena = larger;
  };
  const same = (at: number, bytes: Uint8Array, start: number, length: number): boolean => {
    const raw = length <= RAW_INLINE ? tableBytes : arena;
    const from = length <= RAW_INLINE ? at * 4 + RAW_BYTE : table[at + ARENA]!; // hot: at is a slot's first word
    for (let i = 0; i < length; i++) if (raw[from + i] !== bytes[start + i]) return false;
    return true;
  };

  return {
    find: (bytes, start, end) => {
      const length = end - start;
      let hash = 0x811c9dc5; // hot: once per byte of every field
      for (let i = start; i < end; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
      hash = (hash ^ (hash >>> 15)) | 0;
      const mask = slots - 1;
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const at = slot * WORDS;
        const stored = table[at + LENGTH]! - 1;
        if (stored < 0) break;
        if (stored === length && table[at] === hash && same(at, bytes, start, length)) return slot;
      }
      missedHash = hash;
      return NO_SLOT;
    },
    add: (bytes, start, end, value) => {
      const length = end - start;
      reserve(length);
      const slot = freeSlot(missedHash);
      const at = slot * WORDS;
      table.fill(0, at, at + WORDS);
      table[at] = missedHash;
      table[at + LENGTH] = length + 1;
      if (length <= RAW_INLINE) tableBytes.set(bytes.subarray(start, end), at * 4 + RAW_BYTE);
      else {
        table[at + ARENA] = used;
        arena.set(bytes.subarray(start, end), used);
        used += length;
      }
      count++;
      table[at + VALUE] = value === null ? -1 : value.length;
      if (value !== null && value.length <= INLINE) tableBytes.set(value, (at + VALUE + 1) * 4);
      else if (value !== null) long.set(slot, value);
      return slot;
    },
    length: (slot) => table[slot * WORDS + VALUE] ?? -1,
    copyInline: (slot, into, at) => {
      const from = slot * WORDS + VALUE;
      into[at] = table[from]!; // hot: four words a value
      into[at + 1] = table[from + 1]!;
      into[at + 2] = table[from + 2]!;
      into[at + 3] = table[from + 3]!;
    },
    longValue: (slot) => long.get(slot) ?? new Uint8Array(0),
  };
};
