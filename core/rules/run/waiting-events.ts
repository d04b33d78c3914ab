import { grownFloats } from './grow.ts';
import type { Memory } from './memory.ts';

/**
 * Events that conditions have not been told of, in the order of their times: each with what the conditions read of it, and with
 * the one before it of its slot. They are written one after the other, and what is too old goes from the other end.
 */
export type WaitingEvents = {
  /**
   * Adds the i-th event that was read, at the i-th time. At a place of `lasts` stands the number of the one before it of its
   * slot, or `NONE`; its own stands there then. Numbers rise.
   */
  add(times: Float64Array, told: readonly Int32Array[], i: number, lasts: Float64Array, place: number): void;
  /** Finds an event and those before it of its slot that are later than a moment, the latest first; how many, at most `most`. */
  chain(last: number, after: number, most: number): number;
  /** The times of those found last. */
  times(): Float64Array;
  /** What was read of those found last for one thing. */
  told(which: number): Int32Array;
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

/** `width` things are read of each event. */
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
  /** Those found last, and their times. */
  let found = new Float64Array(FEWEST);
  let times = new Float64Array(FEWEST);
  let told = new Int32Array(FEWEST);
  let foundCount = 0;

  // hot: the blocks of events that are there are, here and below
  const blockOf = (event: number): Block => blocks[(event - base) >> BLOCK_BITS]!;
  const placeOf = (event: number): number => ((event - base) & (BLOCK - 1)) * words;
  const dropFirst = (count: number): void => {
    first += count;
    memory.used -= count;
    while (first - base >= BLOCK) {
      spare = blocks.shift();
      base += BLOCK;
    }
  };

  return {
    add: (moments, read, i, lasts, last) => {
      if ((next - base) >> BLOCK_BITS === blocks.length) {
        blocks.push(spare ?? createBlock(words));
        spare = undefined;
      }
      const { ints, floats } = blockOf(next);
      const place = placeOf(next);
      const before = lasts[last]!;
      floats[place / 2] = moments[i]!;
      ints[place + BACK] = before < first ? 0 : next - before;
      for (let which = 0; which < width; which++) ints[place + TOLD + which] = read[which]![i]!;
      memory.used++;
      lasts[last] = next++;
    },
    chain: (last, after, most) => {
      let count = 0;
      let event = last;
      while (count < most && event >= first) {
        const { ints, floats } = blockOf(event);
        const place = placeOf(event);
        const time = floats[place / 2]!;
        if (time <= after) break;
        if (count === found.length) {
          found = grownFloats(found, count + 1);
          times = grownFloats(times, count + 1);
        }
        found[count] = event;
        times[count++] = time;
        const back = ints[place + BACK]!;
        if (back === 0) break;
        event -= back;
      }
      foundCount = count;
      return count;
    },
    times: () => times,
    told: (which) => {
      if (told.length < foundCount) told = new Int32Array(found.length);
      for (let i = 0; i < foundCount; i++) told[i] = blockOf(found[i]!).ints[placeOf(found[i]!) + TOLD + which]!;
      return told;
    },
    sweep: (moment) => {
      const most = Math.min(next - first, FEWEST + 2 * (next - sweptTo));
      sweptTo = next;
      let count = 0;
      for (; count < most; count++) {
        const event = first + count;
        if (blockOf(event).floats[placeOf(event) / 2]! > moment) break;
      }
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
