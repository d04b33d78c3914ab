import type { Condition } from '../../schema.ts';
import { compare, countsUpTo } from '../compare.ts';
import type { Mask } from '../compile-filter.ts';
import type { Field } from '../event-field.ts';
import { createMomentRings } from '../moment-rings.ts';
import { createPairTable } from '../pair-table.ts';
import type { ConditionState, Place } from './condition.ts';

/** Values of each slot in the order of their latest moments. */
export type LatestValues = {
  open(slot: number): void;
  /** Takes in a value; of more than `most`, the one that was shown longest ago goes. */
  show(slot: number, value: number, at: number): void;
  /** Reads what showing values of some slots will need, all at once. */
  readAhead(slots: Int32Array, count: number): void;
  /** Forgets the values whose latest moment is this one or an earlier one. */
  expire(slot: number, moment: number): void;
  /** How many there are. */
  length(slot: number): number;
  close(slot: number): void;
};

/** Up to so many values are looked through one by one. */
const FEW = 64;

/**
 * `distinct(column where F) >= n`: of each value the latest moment, in the order of these. Whether n values are in the
 * window is told by the n-th latest of them alone, so no more are kept than the comparison needs.
 */
export const distinctCondition = (
  { op, value }: Extract<Condition, { kind: 'distinct' }>,
  where: Mask | null,
  field: Field,
  place: Place,
): ConditionState => {
  const most = countsUpTo(op, value);
  const needsMany = op === '>=' || op === '>';
  const values = (most <= FEW ? fewValues : manyValues)(place, most);
  const { retention } = field.interner;
  return {
    open: values.open,
    add: (run) => {
      const bits = where?.() ?? null;
      const ids = field.ids(run.places, run.length);
      values.readAhead(run.slots, run.length);
      for (let i = 0; i < run.length; i++) {
        const at = run.places[i]!; // hot: places lie inside the chunk, and slots were opened, here and below
        if (bits !== null && bits[at] === 0) continue;
        const id = ids[at]!;
        if (id < 0) continue;
        field.use(at);
        values.show(run.slots[i]!, id, run.times[i]!);
      }
    },
    deferred: {
      read: (run, to) => {
        const bits = where?.() ?? null;
        const ids = field.ids(run.places, run.length);
        for (let i = 0; i < run.length; i++) {
          const at = run.places[i]!;
          const id = bits === null || bits[at] === 1 ? ids[at]! : -1;
          if (id >= 0) field.use(at);
          to[i] = id;
        }
      },
      take: (slot, times, told, first, count) => {
        for (let i = first + count - 1; i >= first; i--) if (told[i]! >= 0) values.show(slot, told[i]!, times[i]!);
      },
    },
    keep: (from, count, to) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = from.slots[i]!;
        // Too few even with those that are too old.
        if (needsMany && !compare(values.length(slot), op, value)) continue;
        const at = from.times[i]!;
        values.expire(slot, at - place.span);
        if (!compare(values.length(slot), op, value)) continue;
        to.slots[kept] = slot;
        to.times[kept++] = at;
      }
      return kept;
    },
    close: values.close,
    ask: retention.keepFor,
    isLasting: needsMany,
  };
};

type MakeValues = (place: Place, most: number) => LatestValues;

/** In a ring per slot: a few values side by side are found sooner than by a hash. */
export const fewValues: MakeValues = ({ memory, rows }, most) => {
  const rings = createMomentRings(memory, rows, true);
  return {
    open: rings.open,
    show: (slot, value, at) => {
      const known = rings.placeOf(slot, value);
      if (known >= 0) {
        rings.renew(slot, known, at);
        return;
      }
      if (rings.length(slot) >= most) rings.dropOldest(slot);
      rings.push(slot, at, value);
    },
    readAhead: rings.readAhead,
    expire: rings.expire,
    length: rings.length,
    close: rings.close,
  };
};

/** In a table of slots and values, with a list for each slot. */
export const manyValues: MakeValues = ({ memory }, most) => {
  const shown = createPairTable();
  const drop = (slot: number, entry: number): void => {
    shown.unlink(slot, entry);
    shown.remove(entry);
    memory.used--;
  };
  return {
    open: shown.begin,
    show: (slot, value, at) => {
      const known = shown.find(slot, value);
      if (known >= 0) {
        shown.setTime(known, at);
        shown.moveToEnd(slot, known);
        return;
      }
      if (shown.length(slot) >= most) drop(slot, shown.head(slot));
      shown.append(slot, shown.insert(slot, value, at));
      memory.used++;
    },
    readAhead: () => undefined,
    expire: (slot, moment) => {
      for (let entry = shown.head(slot); entry >= 0 && shown.time(entry) <= moment; entry = shown.head(slot))
        drop(slot, entry);
    },
    length: shown.length,
    close: (slot) => {
      for (let entry = shown.head(slot); entry >= 0; entry = shown.head(slot)) drop(slot, entry);
    },
  };
};
