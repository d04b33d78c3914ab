import { FEWEST_AHEAD } from './chunk.ts';
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
  /** Drops what is of this moment or an earlier one. */
  expire(slot: number, moment: number): void;
  /** Reads what adding to some slots will need, all at once: one after the other each would be waited for. */
  readAhead(slots: Int32Array, count: number): void;
  /** The place of a value, counted from the oldest; −1 where it is not there. */
  placeOf(slot: number, value: number): number;
  /** Makes what stands at a place the latest, of this moment. */
  renew(slot: number, place: number, at: number): void;
  /** Gives the slot's room back; until it is opened again, nothing else may be asked of it. */
  close(slot: number): void;
};

/** Words of a slot: where its room begins, how much it is (0, or a power of two), where the oldest moment is, how many. */
const WORDS = 4;
const ROOM = 1;
const HEAD = 2;
const LENGTH = 3;
const SMALLEST = 2;

/** Rings in one arena: room in powers of two, and lists of free rooms by size. */
export const createMomentRings = (memory: Memory, rows: Rows, hasValues: boolean): MomentRings => {
  const first = addWords(rows, WORDS);
  const stride = hasValues ? 2 : 1;
  let arena = new Float64Array(64);
  let used = 0;
  /** Where what was read ahead goes, so that reading it is not left out. */
  const ahead = new Float64Array(1);
  const free: number[][] = Array.from({ length: 32 }, () => []);

  const take = (room: number): number => {
    const start = free[Math.clz32(room)]?.pop();
    if (start !== undefined) return start;
    const fresh = used;
    used += room;
    if (used * stride > arena.length) arena = grownFloats(arena, used * stride);
    return fresh;
  };
  const giveBack = (start: number, room: number): void => {
    if (room > 0) free[Math.clz32(room)]?.push(start);
  };

  // hot: slots were opened, and places lie inside the arena, here and below
  const base = (slot: number): number => slot * rows.words + first;
  /** Where in the arena the moment of a place stands. */
  const at = (words: number, place: number): number =>
    (rows.ints[words]! + ((rows.ints[words + HEAD]! + place) & (rows.ints[words + ROOM]! - 1))) * stride;

  /** Twice the room, the oldest moment in the first place. */
  const widen = (words: number): void => {
    const { ints } = rows;
    const room = ints[words + ROOM]!;
    const wider = room === 0 ? SMALLEST : 2 * room;
    const to = take(wider);
    for (let i = 0; i < ints[words + LENGTH]!; i++) {
      const from = at(words, i);
      for (let j = 0; j < stride; j++) arena[(to + i) * stride + j] = arena[from + j]!;
    }
    giveBack(ints[words]!, room);
    ints[words] = to;
    ints[words + ROOM] = wider;
    ints[words + HEAD] = 0;
  };

  const dropFirst = (words: number): void => {
    const { ints } = rows;
    ints[words + HEAD] = (ints[words + HEAD]! + 1) & (ints[words + ROOM]! - 1);
    ints[words + LENGTH] = ints[words + LENGTH]! - 1;
    memory.used--;
  };

  return {
    open: (slot) => {
      const words = base(slot);
      for (let which = 0; which < WORDS; which++) rows.ints[words + which] = 0;
    },
    isFull: (slot) => {
      const words = base(slot);
      return rows.ints[words + LENGTH] === rows.ints[words + ROOM];
    },
    push: (slot, moment, value) => {
      const words = base(slot);
      const { ints } = rows;
      const length = ints[words + LENGTH]!;
      if (length === ints[words + ROOM]) widen(words);
      const place = at(words, length);
      arena[place] = moment;
      if (hasValues) arena[place + 1] = value;
      ints[words + LENGTH] = length + 1;
      memory.used++;
    },
    length: (slot) => rows.ints[base(slot) + LENGTH]!,
    oldest: (slot) => arena[at(base(slot), 0)]!,
    oldestValue: (slot) => arena[at(base(slot), 0) + 1]!,
    dropOldest: (slot) => dropFirst(base(slot)),
    expire: (slot, moment) => {
      const words = base(slot);
      while (rows.ints[words + LENGTH]! > 0 && arena[at(words, 0)]! <= moment) dropFirst(words);
    },
    readAhead: (slots, count) => {
      if (count < FEWEST_AHEAD) return;
      let sum = 0;
      // Of an empty slot any place does.
      for (let i = 0; i < count; i++) {
        const words = base(slots[i]!);
        sum += arena[Math.max(0, at(words, rows.ints[words + LENGTH]! - 1))]!;
      }
      ahead[0] = sum;
    },
    placeOf: (slot, value) => {
      const words = base(slot);
      const start = rows.ints[words]!;
      const head = rows.ints[words + HEAD]!;
      const mask = rows.ints[words + ROOM]! - 1;
      let place = rows.ints[words + LENGTH]! - 1;
      // The latest first: what was shown just now is often shown again.
      while (place >= 0 && arena[(start + ((head + place) & mask)) * stride + 1] !== value) place--;
      return place;
    },
    renew: (slot, place, moment) => {
      const words = base(slot);
      const last = rows.ints[words + LENGTH]! - 1;
      let to = at(words, place);
      const value = arena[to + 1]!;
      for (let i = place + 1; i <= last; i++) {
        const from = at(words, i);
        arena[to] = arena[from]!;
        arena[to + 1] = arena[from + 1]!;
        to = from;
      }
      arena[to] = moment;
      arena[to + 1] = value;
    },
    close: (slot) => {
      const words = base(slot);
      giveBack(rows.ints[words]!, rows.ints[words + ROOM]!);
      memory.used -= rows.ints[words + LENGTH]!;
    },
  };
};
