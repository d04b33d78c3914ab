import type { Chunk } from './chunk.ts';
import type { BoundField, Values } from './event-field.ts';
import type { EventReader } from './event-reader.ts';
import { grownFloats, grownInts } from './grow.ts';
import { PACKED_WORDS } from './packed-texts.ts';

/** Events that wait until no earlier one can come, in columns. */
export type HeldEvents = {
  /** Takes in the event in a row of the columns that the reader is bound to. */
  hold(row: number, at: number): void;
  /** Copies what was taken in: before the reader is bound to others, and before anything is taken out. */
  copy(): void;
  size(): number;
  /** The time of the earliest; Infinity where there is none. */
  earliest(): number;
  /**
   * Takes the earliest before a moment out, so many at most, into a chunk that reads `columns`, in which they stay as they
   * are until the next `hold`. Whether there were any.
   */
  take(chunk: Chunk, before: number, most: number): boolean;
  columns(name: string): Values;
};

type HeldColumn = { texts: (string | null)[] | null; packed: Int32Array | null; numbers: Float64Array | null };

/** What comes in order stands in a queue, which costs nothing; what comes behind a later one goes to a heap. */
export const createHeldEvents = (reader: EventReader): HeldEvents => {
  const columns = new Map<string, HeldColumn>();
  const pairs: (readonly [BoundField, HeldColumn])[] = [];
  let times = new Float64Array(1024);
  const free: number[] = [];
  let rows = 0;
  /** Rows in the order of their times, in a ring whose length is a power of two. */
  let queue = new Int32Array(1024);
  let first = 0;
  let queued = 0;
  const heap: number[] = [];
  /** Rows that are to be copied: where from, and where to. */
  const from: number[] = [];
  const to: number[] = [];

  const columnOf = (name: string): HeldColumn => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const made: HeldColumn = { texts: null, packed: null, numbers: null };
    columns.set(name, made);
    return made;
  };

  const copy = (): void => {
    if (from.length === 0) return;
    for (let i = pairs.length; i < reader.fields.length; i++) {
      const field = reader.fields[i];
      if (field !== undefined) pairs.push([field, columnOf(field.name)]);
    }
    for (const [{ values }, column] of pairs) {
      if (values.texts !== null || column.texts !== null) copyTexts(values.texts, column);
      if (values.packed !== null || column.packed !== null) copyPacked(values.packed, column);
      if (values.numbers !== null || column.numbers !== null) copyNumbers(values.numbers, column);
    }
    from.length = 0;
    to.length = 0;
  };

  // hot: rows lie inside the columns
  const copyTexts = (texts: Values['texts'], column: HeldColumn): void => {
    column.texts ??= Array<string | null>(times.length).fill(null);
    for (let i = 0; i < from.length; i++) column.texts[to[i]!] = texts === null ? null : (texts[from[i]!] ?? null);
  };
  const copyPacked = (packed: Values['packed'], column: HeldColumn): void => {
    column.packed ??= new Int32Array(times.length * PACKED_WORDS).fill(-1);
    if (column.packed.length < rows * PACKED_WORDS)
      column.packed = grownInts(column.packed, times.length * PACKED_WORDS);
    const { packed: own } = column;
    for (let i = 0; i < from.length; i++) {
      const at = from[i]! * PACKED_WORDS;
      const place = to[i]! * PACKED_WORDS;
      own[place] = packed === null ? -1 : packed[at]!;
      if (packed === null) continue;
      own[place + 1] = packed[at + 1]!;
      own[place + 2] = packed[at + 2]!;
      own[place + 3] = packed[at + 3]!;
    }
  };
  const copyNumbers = (numbers: Values['numbers'], column: HeldColumn): void => {
    column.numbers ??= new Float64Array(times.length).fill(Number.NaN);
    if (column.numbers.length < rows) column.numbers = grownFloats(column.numbers, times.length);
    for (let i = 0; i < from.length; i++) column.numbers[to[i]!] = numbers === null ? Number.NaN : numbers[from[i]!]!;
  };

  const newRow = (): number => {
    const reused = free.pop();
    if (reused !== undefined) return reused;
    if (rows === times.length) times = grownFloats(times, rows + 1);
    return rows++;
  };

  const enqueue = (row: number): void => {
    if (queued === queue.length) {
      const wider = grownInts(queue, queued + 1);
      // The part before the first one moves behind the old end.
      wider.copyWithin(queued, 0, first);
      queue = wider;
    }
    queue[(first + queued++) & (queue.length - 1)] = row;
  };

  const headTime = (): number => (queued === 0 ? Infinity : times[queue[first]!]!); // hot: rows lie inside
  const heapTime = (): number => (heap.length === 0 ? Infinity : times[heap[0]!]!);
  const isEarlier = (a: number, b: number): boolean => times[a]! < times[b]!;

  const takeFirst = (): number => {
    if (headTime() > heapTime()) return popHeap(heap, isEarlier);
    const row = queue[first]!;
    first = (first + 1) & (queue.length - 1);
    queued--;
    return row;
  };

  return {
    hold: (row, at) => {
      const own = newRow();
      times[own] = at;
      from.push(row);
      to.push(own);
      const last = queued === 0 ? -Infinity : times[queue[(first + queued - 1) & (queue.length - 1)]!]!;
      if (at >= last) enqueue(own);
      else pushHeap(heap, own, isEarlier);
    },
    copy,
    size: () => queued + heap.length,
    earliest: () => Math.min(headTime(), heapTime()),
    take: (chunk, before, most) => {
      chunk.length = 0;
      while (chunk.length < most && Math.min(headTime(), heapTime()) < before) {
        const row = takeFirst();
        free.push(row);
        chunk.times[chunk.length] = times[row]!;
        chunk.rows[chunk.length++] = row;
      }
      return chunk.length > 0;
    },
    columns: columnOf,
  };
};

const pushHeap = (heap: number[], row: number, isEarlier: (a: number, b: number) => boolean): void => {
  let place = heap.length;
  heap.push(row);
  while (place > 0) {
    const parent = (place - 1) >> 1;
    if (!isEarlier(row, heap[parent]!)) break; // hot: places lie inside the heap
    heap[place] = heap[parent]!;
    place = parent;
  }
  heap[place] = row;
};

const popHeap = (heap: number[], isEarlier: (a: number, b: number) => boolean): number => {
  const top = heap[0]!;
  const row = heap.pop()!;
  const { length } = heap;
  if (length === 0) return top;
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= length) break;
    if (child + 1 < length && isEarlier(heap[child + 1]!, heap[child]!)) child++;
    if (!isEarlier(heap[child]!, row)) break;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = row;
  return top;
};
