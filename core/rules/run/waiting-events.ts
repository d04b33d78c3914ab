import type { Memory } from './memory.ts';

/**
 * Events that conditions have not been told of, in the order of their times: each with what the conditions read of it, and with
 * the one before it of its slot. They are written one after the other, and what is too old goes from the other end.
 */
export type WaitingEvents = {
  /** Adds the i-th event that was read, at a moment, after another one of its slot; its number. Numbers rise. */
  add(at: number, before: number, told: readonly Int32Array[], i: number): number;
  /** The numbers of an event and of those before it that are later than a moment, the latest first; how many. At most `most`. */
  chain(last: number, after: number, most: number, to: Float64Array): number;
  time(event: number): number;
  told(event: number, which: number): number;
  /** Drops some of those that are of this moment or an earlier one. */
  sweep(moment: number): void;
  /** Drops all. */
  clear(): void;
};

/** Of no event. */
export const NONE = -1;

/** Words of an event: its time, how many events the one before it lies back (0: there is none), and what was read. */
const BACK = 2;
const TOLD = 3;
/** Events stand in blocks of so many: a longer array would have to be copied to grow, and nobody hears hits meanwhile. */
const BLOCK_BITS = 10;
const BLOCK = 1 << BLOCK_BITS;
/** Looked at even where nothing was added. */
const FEWEST = 16;

export const createWaitingEvents = (width: number, memory: Memory): WaitingEvents => {
  const words = TOLD + width + ((TOLD + width) & 1);
  let blocks: Block[] = [];
  /** One to write on next, or none. */
  let spare: Block | undefined;
  /** The number of the event that the first block begins with. */
  let base = 0;
  let first = 0;
  let next = 0;
  let sweptTo = 0;

  // hot: the blocks of events that are there are, here and below
  const blockOf = (event: number): Block => blocks[(event - base) >> BLOCK_BITS]!;
  const placeOf = (event: number): number => ((event - base) & (BLOCK - 1)) * words;
  const timeOf = (event: number): number => blockOf(event).floats[placeOf(event) / 2]!;

  const dropFirst = (count: number): void => {
    first += count;
    memory.used -= count;
    while (first - base >= BLOCK) {
      spare = blocks.shift();
      base += BLOCK;
    }
  };

  return {
    add: (at, before, told, i) => {
      if ((next - base) >> BLOCK_BITS === blocks.length) {
        blocks.push(spare ?? createBlock(words));
        spare = undefined;
      }
      const { ints, floats } = blockOf(next);
      const place = placeOf(next);
      floats[place / 2] = at;
      ints[place + BACK] = before < first ? 0 : next - before;
      for (let which = 0; which < width; which++) ints[place + TOLD + which] = told[which]![i]!;
      memory.used++;
      return next++;
    },
    chain: (last, after, most, to) => {
      let count = 0;
      let event = last;
      while (count < most && event >= first) {
        const { ints, floats } = blockOf(event);
        const place = placeOf(event);
        if (floats[place / 2]! <= after) break;
        to[count++] = event;
        const back = ints[place + BACK]!;
        if (back === 0) break;
        event -= back;
      }
      return count;
    },
    time: timeOf,
    told: (event, which) => blockOf(event).ints[placeOf(event) + TOLD + which]!,
    sweep: (moment) => {
      const most = Math.min(next - first, FEWEST + 2 * (next - sweptTo));
      sweptTo = next;
      let count = 0;
      while (count < most && timeOf(first + count) <= moment) count++;
      dropFirst(count);
    },
    clear: () => {
      memory.used -= next - first;
      first = next;
      base = next;
      blocks = [];
      spare = undefined;
    },
  };
};

type Block = { readonly ints: Int32Array; readonly floats: Float64Array };

const createBlock = (words: number): Block => {
  const ints = new Int32Array(BLOCK * words);
  return { ints, floats: new Float64Array(ints.buffer) };
};
