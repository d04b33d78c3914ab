/** Longest string DuckDB keeps inside its 16-byte string slot. */
export const INLINE = 12;
/** No slot. */
export const NO_SLOT = -1;
/** Most values a worker remembers per column before it starts over: bounds its memory, never the result. */
const MAX_SLOTS = 1 << 20;
const MAX_CACHED_BYTES = 32 << 20;
const FIRST_SLOTS = 1 << 10;
/** Share of slots in use at which the table grows or starts over: linear probing stays short below it. */
const MAX_LOAD = 0.6;

// A slot is eight words, half a cache line: raw hash, raw offset + 1 (0: free), raw length, spare, and the encoded
// value as DuckDB lays a string out: length (-1: missing), then up to 12 bytes.
const WORDS = 8;
const OFFSET = 1;
const LENGTH = 2;
const VALUE = 4;

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

/** MurmurHash3_x86_32 (Appleby 2011), its last one to three bytes taken as one short word. */
const hashBytes = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = end - start;
  let i = start;
  for (; i + 4 <= end; i += 4) {
    // hot: once per four bytes of every field; i + 3 < end
    hash = stir(hash, bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24));
  }
  let tail = 0;
  for (; i < end; i++) tail = (tail << 8) | bytes[i]!;
  hash = stir(hash, tail);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
};

const stir = (hash: number, word: number): number => {
  const k = Math.imul(word, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
};

/** Open addressing with linear probing over hashes of the raw bytes. */
export const createTermCache = (): TermCache => {
  let slots = FIRST_SLOTS;
  let table = new Int32Array(slots * WORDS);
  let long = new Map<number, Uint8Array>();
  let arena = new Uint8Array(1 << 14);
  let used = 0;
  let count = 0;
  let missedHash = 0;

  const freeSlot = (hash: number): number => {
    let slot = hash & (slots - 1);
    while (table[slot * WORDS + OFFSET]! > 0) slot = (slot + 1) & (slots - 1); // hot: slot is masked
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
    long = new Map();
    for (let at = 0; at < before.length; at += WORDS) {
      if (before[at + OFFSET] === 0) continue;
      const slot = freeSlot(before[at]!); // hot: at < before.length
      for (let word = 0; word < WORDS; word++) table[slot * WORDS + word] = before[at + word]!;
      const value = longBefore.get(at / WORDS);
      if (value) long.set(slot, value);
    }
  };
  const reserve = (length: number): void => {
    if (used + length > MAX_CACHED_BYTES) startOver();
    if (count >= slots * MAX_LOAD) {
      if (slots < MAX_SLOTS) grow();
      else startOver();
    }
    if (used + length <= arena.length) return;
    const larger = new Uint8Array(Math.max(arena.length * 2, used + length));
    larger.set(arena.subarray(0, used));
    arena = larger;
  };

  return {
    find: (bytes, start, end) => {
      const length = end - start;
      const hash = hashBytes(bytes, start, end);
      const mask = slots - 1;
      for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
        const at = slot * WORDS;
        const offset = table[at + OFFSET]! - 1;
        if (offset < 0) break;
        if (table[at] !== hash || table[at + LENGTH] !== length) continue;
        let i = 0;
        while (i < length && arena[offset + i] === bytes[start + i]) i++;
        if (i === length) return slot;
      }
      missedHash = hash;
      return NO_SLOT;
    },
    add: (bytes, start, end, value) => {
      reserve(end - start);
      const slot = freeSlot(missedHash);
      const at = slot * WORDS;
      table[at] = missedHash;
      table[at + OFFSET] = used + 1;
      table[at + LENGTH] = end - start;
      arena.set(bytes.subarray(start, end), used);
      used += end - start;
      count++;
      table.fill(0, at + VALUE, at + WORDS);
      table[at + VALUE] = value === null ? -1 : value.length;
      if (value !== null && value.length <= INLINE)
        new Uint8Array(table.buffer, (at + VALUE + 1) * 4, INLINE).set(value);
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
