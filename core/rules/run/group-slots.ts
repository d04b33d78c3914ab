import { CHUNK_LENGTH, FEWEST_AHEAD } from './chunk.ts';
import type { Grouping } from './grouping.ts';
import type { Memory } from './memory.ts';
import { addWord, clearWord, giveWordBack, type Rows } from './rows.ts';
import { createSlots } from './slots.ts';
import { createSweep } from './sweep.ts';

/** The slots of the groups that have something in the windows of a view, each with the latest moment of its group. */
export type GroupSlots = {
  /** The slot of a group; opened where it has none. */
  slotOf(group: number): number;
  group(slot: number): number;
  /** Where the latest moment of a slot stands in its row, counted in doubles; NaN of a slot that was just opened. */
  readonly time: number;
  /**
   * The slots of groups at some places, −1 where there is none (yet), until it is asked again. Reads their rows all at once:
   * one after the other each would be waited for.
   */
  slotsOf(groups: Int32Array, places: Int32Array, count: number): Int32Array;
  /** At a moment, closes some of the slots of moments before another one. */
  sweep(at: number, before: number): void;
  /** Closes all, and takes back what was added to the grouping. */
  close(): void;
};

/** Words of a line of the cache. */
const LINE_WORDS = 16;

export const createGroupSlots = (
  rows: Rows,
  grouping: Grouping,
  memory: Memory,
  on: { open(slot: number): void; close(slot: number): void },
): GroupSlots => {
  const slots = createSlots(rows);
  /** In the row of each group: a slot that is its own if that says so too, and one more; 0 where it never had one. */
  const slotWord = addWord(grouping.rows);
  const found = new Int32Array(CHUNK_LENGTH);
  const ahead = new Int32Array(1);

  const open = (group: number): number => {
    const slot = slots.insert(group);
    grouping.rows.ints[group * grouping.rows.words + slotWord] = slot + 1;
    on.open(slot);
    memory.used++;
    return slot;
  };

  const drop = (slot: number): void => {
    on.close(slot);
    slots.remove(slot);
    memory.used--;
  };

  return {
    slotOf: (group) => {
      const slot = grouping.rows.ints[group * grouping.rows.words + slotWord]! - 1; // hot: groups and slots lie inside their rows
      return slot >= 0 && slots.group(slot) === group ? slot : open(group);
    },
    group: slots.group,
    time: slots.time,
    slotsOf: (groups, places, count) => {
      const { ints: of, words: ofWords } = grouping.rows;
      for (let i = 0; i < count; i++) {
        const group = groups[places[i]!]!;
        found[i] = group < 0 ? -1 : of[group * ofWords + slotWord]! - 1;
      }
      slots.keepThose(found, groups, places, count);
      const { ints, words } = rows;
      if (count < FEWEST_AHEAD || words <= LINE_WORDS) return found;
      let sum = 0;
      for (let line = LINE_WORDS; line < words; line += LINE_WORDS)
        for (let i = 0; i < count; i++) sum ^= ints[Math.max(0, found[i]!) * words + line]!;
      ahead[0] = sum; // so that reading it is not left out
      return found;
    },
    sweep: createSweep(slots, drop),
    close: () => {
      for (let slot = slots.reach() - 1; slot >= 0; slot--) if (slots.isThere(slot)) drop(slot);
      clearWord(grouping.rows, slotWord);
      giveWordBack(grouping.rows, slotWord);
    },
  };
};
