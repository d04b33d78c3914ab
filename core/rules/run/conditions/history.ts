import type { Field } from '../event-reader.ts';
import type { Grouping } from '../grouping.ts';
import type { Memory } from '../memory.ts';
import { createPairTable } from '../pair-table.ts';
import { createSweep } from '../sweep.ts';

/** When each group last showed each value of a column. */
export type History = {
  /** Takes in the present event, of this group. */
  see(group: number, at: number): void;
  /** Whether the event seen last has a value that its group had not shown in the lookback before it. */
  isFirst(): boolean;
  /** Forgets some of what lies too far back for a moment. */
  sweep(at: number): void;
  close(): void;
};

export const createHistory = (field: Field, lookback: number, grouping: Grouping, memory: Memory): History => {
  const { interner } = field;
  /** Of group and value; marked where the value was new at its latest moment: events of one moment make no other known. */
  const shown = createPairTable();
  let first = false;

  const forget = (entry: number): void => {
    grouping.release(shown.first(entry));
    interner.release(shown.second(entry));
    shown.remove(entry);
    memory.used--;
  };
  const sweep = createSweep(shown, forget);

  return {
    see: (group, at) => {
      first = false;
      const id = field.id();
      if (id < 0) return;
      const known = shown.find(group, id);
      if (known < 0) {
        first = true;
        grouping.retain(group);
        interner.retain(id);
        shown.mark(shown.insert(group, id, at), true);
        memory.used++;
        return;
      }
      const last = shown.time(known);
      if (last === at) {
        first = shown.isMarked(known);
        return;
      }
      first = last < at - lookback;
      shown.setTime(known, at);
      shown.mark(known, first);
    },
    isFirst: () => first,
    sweep: (at) => sweep((time) => time < at - lookback),
    close: () => {
      for (let entry = shown.reach() - 1; entry >= 0; entry--) if (shown.isThere(entry)) forget(entry);
    },
  };
};
