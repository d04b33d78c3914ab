import type { Condition } from '../../schema.ts';
import { compare, countsUpTo } from '../compare.ts';
import type { Predicate } from '../compile-filter.ts';
import type { Field } from '../event-reader.ts';
import { createMomentRings } from '../moment-rings.ts';
import { createPairTable } from '../pair-table.ts';
import type { ConditionState, Place } from './condition.ts';

/** Values of each slot in the order of their latest moments. */
export type LatestValues = {
  open(slot: number): void;
  /** Takes in a value; of more than `most`, the one that was shown longest ago goes. */
  show(slot: number, value: number, at: number): void;
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
  where: Predicate | null,
  field: Field,
  place: Place,
): ConditionState => {
  const most = countsUpTo(op, value);
  const needsMany = op === '>=' || op === '>';
  const { retain, release } = field.interner;
  const values = (most <= FEW ? fewValues : manyValues)(place, most, retain, release);
  return {
    open: values.open,
    add: (slot, at) => {
      if (where !== null && !where()) return;
      const id = field.id();
      if (id >= 0) values.show(slot, id, at);
    },
    holds: (slot, at) => {
      // Too few even with those that are too old.
      if (needsMany && !compare(values.length(slot), op, value)) return false;
      values.expire(slot, at - place.span);
      return compare(values.length(slot), op, value);
    },
    close: values.close,
  };
};

type MakeValues = (
  place: Place,
  most: number,
  retain: (value: number) => void,
  release: (value: number) => void,
) => LatestValues;

/** In a ring per slot: a few values side by side are found sooner than by a hash. */
export const fewValues: MakeValues = ({ memory, rows }, most, retain, release) => {
  const rings = createMomentRings(memory, rows, true);
  const drop = (slot: number): void => {
    release(rings.oldestValue(slot));
    rings.dropOldest(slot);
  };
  return {
    open: rings.open,
    show: (slot, value, at) => {
      const known = rings.placeOf(slot, value);
      if (known >= 0) {
        rings.renew(slot, known, at);
        return;
      }
      if (rings.length(slot) >= most) drop(slot);
      retain(value);
      rings.push(slot, at, value);
    },
    expire: (slot, moment) => {
      while (rings.length(slot) > 0 && rings.oldest(slot) <= moment) drop(slot);
    },
    length: rings.length,
    close: (slot) => {
      while (rings.length(slot) > 0) drop(slot);
      rings.close(slot);
    },
  };
};

/** In a table of slots and values, with a list for each slot. */
export const manyValues: MakeValues = ({ memory }, most, retain, release) => {
  const shown = createPairTable();
  const drop = (slot: number, entry: number): void => {
    shown.unlink(slot, entry);
    release(shown.second(entry));
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
      retain(value);
      shown.append(slot, shown.insert(slot, value, at));
      memory.used++;
    },
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
