import type { EventReader, Field, Values } from './event-reader.ts';
import { grownFloats, grownInts } from './grow.ts';

/** Events that wait until no earlier one can come, in columns. */
export type HeldEvents = {
  /** Takes in the reader's present event. */
  hold(at: number): void;
  size(): number;
  /** The time of the earliest; Infinity where there is none. */
  earliest(): number;
  /** Takes the earliest out: its row in `columns`, which stays as it is until the next `hold`. */
  take(): number;
  columns(name: string): Values;
};

type HeldColumn = { texts: (string | null)[] | null; numbers: Float64Array | null };

/** What comes in order stands in a queue, which costs nothing; what comes behind a later one goes to a heap. */
export const createHeldEvents = (reader: EventReader): HeldEvents => {
  const columns = new Map<string, HeldColumn>();
  const pairs: (readonly [Field, HeldColumn])[] = [];
  let times = new Float64Array(1024);
  const free: number[] = [];
  let rows = 0;
  /** Rows in the order of their times, in a ring whose length is a power of two. */
  let queue = new Int32Array(1024);
  let first = 0;
  let queued = 0;
  const heap: number[] = [];

  const columnOf = (name: string): HeldColumn => {
    const known = columns.get(name);
    if (known !== undefined) return known;
    const made: HeldColumn = { texts: null, numbers: null };
    columns.set(name, made);
    return made;
  };

  const copy = (row: number): void => {
    for (let i = pairs.length; i < reader.fields.length; i++) {
      const field = reader.fields[i];
      if (field !== undefined) pairs.push([field, columnOf(field.name)]);
    }
    for (const [field, column] of pairs) {
      const text = field.text();
      const number = field.number();
      if (text !== null && column.texts === null) column.texts = Array<string | null>(times.length).fill(null);
      if (!Number.isNaN(number) && column.numbers === null)
        column.numbers = new Float64Array(times.length).fill(Number.NaN);
      if (column.texts !== null) column.texts[row] = text;
      if (column.numbers !== null) {
        if (row >= column.numbers.length) column.numbers = grownFloats(column.numbers, times.length);
        column.numbers[row] = number;
      }
    }
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

  return {
    hold: (at) => {
      const row = newRow();
      times[row] = at;
      copy(row);
      const last = queued === 0 ? -Infinity : times[queue[(first + queued - 1) & (queue.length - 1)]!]!;
      if (at >= last) enqueue(row);
      else pushHeap(heap, row, isEarlier);
    },
    size: () => queued + heap.length,
    earliest: () => Math.min(headTime(), heapTime()),
    take: () => {
      let row: number;
      if (headTime() <= heapTime()) {
        row = queue[first]!;
        first = (first + 1) & (queue.length - 1);
        queued--;
      } else row = popHeap(heap, isEarlier);
      free.push(row);
      return row;
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
