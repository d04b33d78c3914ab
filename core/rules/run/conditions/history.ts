import { CHUNK_LENGTH } from '../chunk.ts';
import type { Field } from '../event-field.ts';
import type { Grouping } from '../grouping.ts';
import type { Memory } from '../memory.ts';
import { createPairTable } from '../pair-table.ts';
import type { Run } from '../run.ts';
import { createSweep } from '../sweep.ts';

/** When each group last showed each value of a column. */
export type History = {
  /** Takes in events. */
  see(run: Run): void;
  /** 1 at the places of those seen last that have a value which their groups had not shown in the lookback before them. */
  readonly isFirst: Uint8Array;
  /** Asks for what it keeps numbers of to be kept as long. */
  ask(): void;
  /** Forgets some of what lies too far back for a moment. */
  sweep(at: number): void;
  close(): void;
};

export const createHistory = (field: Field, lookback: number, grouping: Grouping, memory: Memory): History => {
  const { interner } = field;
  /** Of group and value; marked where the value was new at its latest moment: events of one moment make no other known. */
  const shown = createPairTable();
  const isFirst = new Uint8Array(CHUNK_LENGTH);
  /** The values of the events at hand. */
  const own = new Int32Array(CHUNK_LENGTH);

  const forget = (entry: number): void => {
    shown.remove(entry);
    memory.used--;
  };
  const sweep = createSweep(shown, forget);

  /** Takes in that a group shows a value; whether it is new to it. */
  const show = (group: number, id: number, at: number): boolean => {
    const known = shown.find(group, id);
    if (known < 0) {
      shown.mark(shown.insert(group, id, at), true);
      memory.used++;
      return true;
    }
    const last = shown.time(known);
    if (last === at) return shown.isMarked(known);
    const isNew = last < at - lookback;
    shown.setTime(known, at);
    shown.mark(known, isNew);
    return isNew;
  };

  return {
    isFirst,
    ask: () => {
      interner.retention.keepFor(lookback);
      grouping.keepFor(lookback);
    },
    see: (run) => {
      const ids = field.ids(run.places, run.length);
      for (let i = 0; i < run.length; i++) own[i] = ids[run.places[i]!]!; // hot: places lie inside the chunk, here and below
      shown.readAhead(run.groups, own, run.length);
      for (let i = 0; i < run.length; i++) {
        const place = run.places[i]!;
        const id = own[i]!;
        isFirst[place] = id >= 0 && show(run.groups[i]!, id, run.times[i]!) ? 1 : 0;
        if (id >= 0) field.use(place);
      }
    },
    sweep: (at) => sweep(at, at - lookback),
    close: () => {
      for (let entry = shown.reach() - 1; entry >= 0; entry--) if (shown.isThere(entry)) forget(entry);
    },
  };
};
