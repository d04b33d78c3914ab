import { grownFloats } from './grow.ts';
import type { Memory } from './memory.ts';
import { addWords, type Rows } from './rows.ts';

/** A queue of moments per slot, oldest first, each with a value beside it where the rings are made with values. */
export type MomentRings = {
  /** Begins with an empty slot. */
  open(slot: number): void;
  /** Adds a moment no earlier than those there. */
  push(slot: number, at: number, value: number): void;
  length(slot: number): number;
  /** Whether the next moment needs more room. */
  isFull(slot: number): boolean;
  /** The oldest moment, and its value. */
  oldest(slot: number): number;
  oldestValue(slot: number): number;
  dropOldest(slot: number): void;
  /** The place of a value, counted from the oldest; −1 where it is not there. */
  placeOf(slot: number, value: number): number;
  /** Makes what stands at a place the latest, of this moment. */
  renew(slot: number, place: number, at: number): void;
  /** Gives the slot's room back. */
  close(slot: number): void;
};

/** Words of a slot: where its room begins, the base-2 logarithm of the room (0: none), the oldest moment, how many. */
const WORDS = 4;
const ROOM = 1;
const HEAD = 2;
const LENGTH = 3;
const SMALLEST = 1;

/** Rings in one arena: room in powers of two, and lists of free rooms by size. */
export const createMomentRings = (memory: Memory, rows: Rows, hasValues: boolean): MomentRings => {
  const first = addWords(rows, WORDS);
  const stride = hasValues ? 2 : 1;
  let arena = new Float64Array(64);
  let used = 0;
  const free: number[][] = Array.from({ length: 32 }, () => []);

  const take = (room: number): number => {
    const start = free[room]?.pop();
    if (start !== undefined) return start;
    const fresh = used;
    used += 1 << room;
    if (used * stride > arena.length) arena = grownFloats(arena, used * stride);
    return fresh;
  };

  // hot: slots were opened, and places lie inside the arena, here and below
  const word = (slot: number, which: number): number => rows.ints[slot * rows.words + first + which]!;
  const setWord = (slot: number, which: number, value: number): void => {
    rows.ints[slot * rows.words + first + which] = value;
  };
  /** Where in the arena the moment of a place stands. */
  const at = (slot: number, place: number): number =>
    (word(slot, 0) + ((word(slot, HEAD) + place) & ((1 << word(slot, ROOM)) - 1))) * stride;

  /** Twice the room, the oldest moment in the first place. */
  const widen = (slot: number): void => {
    const room = word(slot, ROOM);
    const wider = room === 0 ? SMALLEST : room + 1;
    const to = take(wider);
    for (let i = 0; i < word(slot, LENGTH); i++) {
      const from = at(slot, i);
      for (let j = 0; j < stride; j++) arena[(to + i) * stride + j] = arena[from + j]!;
    }
    if (room > 0) free[room]?.push(word(slot, 0));
    setWord(slot, 0, to);
    setWord(slot, HEAD, 0);
    setWord(slot, ROOM, wider);
  };

  const empty = (slot: number): void => {
    for (let which = 0; which < WORDS; which++) setWord(slot, which, 0);
  };

  const isFull = (slot: number): boolean => word(slot, ROOM) === 0 || word(slot, LENGTH) === 1 << word(slot, ROOM);

  return {
    open: empty,
    isFull,
    push: (slot, moment, value) => {
      const length = word(slot, LENGTH);
      if (isFull(slot)) widen(slot);
      const place = at(slot, length);
      arena[place] = moment;
      if (hasValues) arena[place + 1] = value;
      setWord(slot, LENGTH, length + 1);
      memory.used++;
    },
    length: (slot) => word(slot, LENGTH),
    oldest: (slot) => arena[at(slot, 0)]!,
    oldestValue: (slot) => arena[at(slot, 0) + 1]!,
    dropOldest: (slot) => {
      setWord(slot, HEAD, (word(slot, HEAD) + 1) & ((1 << word(slot, ROOM)) - 1));
      setWord(slot, LENGTH, word(slot, LENGTH) - 1);
      memory.used--;
    },
    placeOf: (slot, value) => {
      const start = word(slot, 0);
      const head = word(slot, HEAD);
      const mask = (1 << word(slot, ROOM)) - 1;
      let place = word(slot, LENGTH) - 1;
      // The latest first: what was shown just now is often shown again.
      while (place >= 0 && arena[(start + ((head + place) & mask)) * stride + 1] !== value) place--;
      return place;
    },
    renew: (slot, place, moment) => {
      const last = word(slot, LENGTH) - 1;
      const value = arena[at(slot, place) + 1]!;
      let to = at(slot, place);
      for (let i = place + 1; i <= last; i++) {
        const from = at(slot, i);
        arena[to] = arena[from]!;
        arena[to + 1] = arena[from + 1]!;
        to = from;
      }
      arena[to] = moment;
      arena[to + 1] = value;
    },
    close: (slot) => {
      const room = word(slot, ROOM);
      if (room > 0) free[room]?.push(word(slot, 0));
      memory.used -= word(slot, LENGTH);
      empty(slot);
    },
  };
};
