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
};

/** Words of a text: its hash, the next one of the bucket or of the free ones, references, length, and room for 16 letters. */
const WORDS = 8;
const NEXT = 1;
const REFERENCES = 2;
const LENGTH = 3;
const INLINE = 16;
const LETTERS_OF_BYTES = 16;
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
  let words = new Int32Array(INITIAL * WORDS);
  let bytes = new Uint8Array(words.buffer);
  const beside = new Map<number, string>();
  let free = -1;
  let reached = 0;
  let size = 0;
  let loose: number[] = [];
  /** Whether the text hashed last fits into a record. */
  let isInline = false;

  const hash = (text: string): number => {
    let h = seed;
    let all = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      all |= unit;
      h = Math.imul(h ^ unit, factor);
      h ^= h >>> 15;
    }
    isInline = all < 256 && text.length <= INLINE;
    return Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  };

  const isAt = (id: number, text: string): boolean => {
    const length = words[id * WORDS + LENGTH]!; // hot: ids lie inside the arrays, here and below
    if (length === BESIDE) return beside.get(id) === text;
    if (length !== text.length) return false;
    const first = id * WORDS * 4 + LETTERS_OF_BYTES;
    for (let i = 0; i < length; i++) if (bytes[first + i] !== text.charCodeAt(i)) return false;
    return true;
  };

  const findHashed = (h: number, text: string): number => {
    let id = buckets[h & (buckets.length - 1)]!;
    while (id >= 0 && (words[id * WORDS] !== h || !isAt(id, text))) id = words[id * WORDS + NEXT]!;
    return id;
  };

  const rehash = (): void => {
    buckets = new Int32Array(buckets.length * 2).fill(-1);
    for (let id = 0; id < reached; id++) {
      if (words[id * WORDS + LENGTH] === FREE) continue;
      const bucket = words[id * WORDS]! & (buckets.length - 1);
      words[id * WORDS + NEXT] = buckets[bucket]!;
      buckets[bucket] = id;
    }
  };

  const newId = (): number => {
    if (free >= 0) {
      const id = free;
      free = words[id * WORDS + NEXT]!;
      return id;
    }
    if ((reached + 1) * WORDS > words.length) {
      const wider = new Int32Array(words.length * 2);
      wider.set(words);
      words = wider;
      bytes = new Uint8Array(wider.buffer);
    }
    return reached++;
  };

  const forget = (id: number): void => {
    const at = id * WORDS;
    const bucket = words[at]! & (buckets.length - 1);
    const next = words[at + NEXT]!;
    let before = buckets[bucket]!;
    if (before === id) buckets[bucket] = next;
    else {
      while (words[before * WORDS + NEXT] !== id) before = words[before * WORDS + NEXT]!;
      words[before * WORDS + NEXT] = next;
    }
    if (words[at + LENGTH] === BESIDE) beside.delete(id);
    words[at + LENGTH] = FREE;
    words[at + NEXT] = free;
    free = id;
    size--;
  };

  return {
    find: (text) => findHashed(hash(text), text),
    idOf: (text) => {
      const h = hash(text);
      const known = findHashed(h, text);
      if (known >= 0) return known;
      if (size >= buckets.length) rehash();
      const id = newId();
      const at = id * WORDS;
      const bucket = h & (buckets.length - 1);
      words[at] = h;
      words[at + NEXT] = buckets[bucket]!;
      words[at + REFERENCES] = 0;
      words[at + LENGTH] = isInline ? text.length : BESIDE;
      if (!isInline) beside.set(id, text);
      else for (let i = 0; i < text.length; i++) bytes[at * 4 + LETTERS_OF_BYTES + i] = text.charCodeAt(i);
      buckets[bucket] = id;
      size++;
      loose.push(id);
      return id;
    },
    textOf: (id) => {
      const length = words[id * WORDS + LENGTH]!;
      if (length === BESIDE) return beside.get(id) ?? '';
      const first = id * WORDS * 4 + LETTERS_OF_BYTES;
      return String.fromCharCode(...bytes.subarray(first, first + length));
    },
    retain: (id) => {
      words[id * WORDS + REFERENCES] = words[id * WORDS + REFERENCES]! + 1;
    },
    release: (id) => {
      const left = words[id * WORDS + REFERENCES]! - 1;
      words[id * WORDS + REFERENCES] = left;
      if (left === 0) loose.push(id); // not forgotten at once: the present event may just have asked for it
    },
    sweep: () => {
      if (loose.length === 0) return;
      // An id may stand here twice.
      for (const id of loose)
        if (words[id * WORDS + REFERENCES] === 0 && words[id * WORDS + LENGTH] !== FREE) forget(id);
      loose = [];
    },
  };
};
