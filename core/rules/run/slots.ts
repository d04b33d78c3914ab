import { addFloats, addWord, reserveRow, type Rows } from './rows.ts';

/** Places 0, 1, 2 … for the groups of a view, each with the moment it was touched last. Numbers are used again. */
export type Slots = {
  insert(group: number): number;
  remove(slot: number): void;
  group(slot: number): number;
  /** Makes those of some slots −1 that are not those of groups at some places. */
  keepThose(slots: Int32Array, groups: Int32Array, places: Int32Array, count: number): void;
  /** Where the time of a slot stands in its row, counted in doubles: NaN at first, to be set by others. */
  readonly time: number;
  isThere(slot: number): boolean;
  /** The first slot from one on, below another one, that is there and of a time before a moment; that other one if none is. */
  nextBefore(moment: number, from: number, below: number): number;
  /** Numbers given so far: all slots lie below. */
  reach(): number;
  /** How many are in use now. */
  inUse(): number;
  /** Slots made so far. */
  inserted(): number;
};

const FREE = -1;

/** Slots over rows, to which others add what they keep of each. */
export const createSlots = (rows: Rows): Slots => {
  const time = addFloats(rows, 1);
  /** The group; `FREE` of a slot that is free. */
  const group = addWord(rows);
  /** Of a free slot, the next free one. */
  const next = addWord(rows);
  let free = -1;
  let reached = 0;
  let inserted = 0;
  let removed = 0;

  return {
    insert: (of) => {
      let slot = free;
      if (slot >= 0) free = rows.ints[slot * rows.words + next]!;
      else {
        slot = reached++;
        reserveRow(rows, slot);
      }
      rows.ints[slot * rows.words + group] = of;
      rows.floats[(slot * rows.words) / 2 + time] = Number.NaN;
      inserted++;
      return slot;
    },
    remove: (slot) => {
      rows.ints[slot * rows.words + group] = FREE;
      rows.ints[slot * rows.words + next] = free;
      free = slot;
      removed++;
    },
    // hot: slots lie inside the rows, here and below
    group: (slot) => rows.ints[slot * rows.words + group]!,
    keepThose: (slots, groups, places, count) => {
      const { ints, words } = rows;
      for (let i = 0; i < count; i++) {
        const slot = slots[i]!;
        if (slot >= 0 && ints[slot * words + group] !== groups[places[i]!]) slots[i] = -1;
      }
    },
    time,
    isThere: (slot) => rows.ints[slot * rows.words + group] !== FREE,
    nextBefore: (moment, from, below) => {
      const { ints, floats, words } = rows;
      let at = from * words;
      for (let slot = from; slot < below; slot++, at += words)
        if (floats[at / 2 + time]! < moment && ints[at + group] !== FREE) return slot;
      return below;
    },
    reach: () => reached,
    inUse: () => inserted - removed,
    inserted: () => inserted,
  };
};
