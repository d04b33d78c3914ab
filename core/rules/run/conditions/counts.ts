import type { Comparison } from '../../schema.ts';
import { compare, countsUpTo } from '../compare.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats } from '../rows.ts';
import type { Run } from '../run.ts';
import type { ConditionState, Deferred, Place } from './condition.ts';

/** The events of a run that are to be counted: 1 at their places in the chunk; null: all. */
type Counted = (run: Run) => Uint8Array | null;

const readerOf =
  (counted: Counted): Deferred['read'] =>
  (run, to) => {
    const bits = counted(run);
    if (bits === null) to.fill(1, 0, run.length);
    else for (let i = 0; i < run.length; i++) to[i] = bits[run.places[i]!]!; // hot: places lie inside the chunk
  };

/** A number of events in the window, and what it is compared with. */
export const createCounts = (place: Place, op: Comparison, value: number, counted: Counted): ConditionState =>
  place.span === Infinity ? plainCounts(place, op, value, counted) : slidingCounts(place, op, value, counted);

/** Where windows are emptied as a whole, a number does. */
const plainCounts = ({ rows }: Place, op: Comparison, value: number, counted: Counted): ConditionState => {
  const place = addFloats(rows, 1);
  // hot: slots were opened, here and below
  const take = (slot: number): void => {
    const at = (slot * rows.words) / 2 + place;
    rows.floats[at] = rows.floats[at]! + 1;
  };
  return {
    open: (slot) => {
      rows.floats[(slot * rows.words) / 2 + place] = 0;
    },
    add: (run) => {
      const bits = counted(run);
      for (let i = 0; i < run.length; i++) {
        if (bits !== null && bits[run.places[i]!] === 0) continue;
        take(run.slots[i]!);
      }
    },
    deferred: {
      read: readerOf(counted),
      take: (slot, _times, told, first, count) => {
        for (let i = first + count - 1; i >= first; i--) if (told[i] === 1) take(slot);
      },
    },
    keep: (from, count, to) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = from.slots[i]!;
        if (!compare(rows.floats[(slot * rows.words) / 2 + place]!, op, value)) continue;
        to.slots[kept] = slot;
        to.times[kept++] = from.times[i]!;
      }
      return kept;
    },
    close: () => undefined,
    isLasting: op === '>=' || op === '>',
  };
};

/**
 * Of a sliding window only as many latest moments are kept as the comparison needs: whether n events are in it is told by
 * the n-th latest alone. What is too old goes when room is needed, or when it would matter.
 */
const slidingCounts = (
  { span, memory, rows }: Place,
  op: Comparison,
  value: number,
  counted: Counted,
): ConditionState => {
  const most = countsUpTo(op, value);
  const rings = createMomentRings(memory, rows, false);
  const needsMany = op === '>=' || op === '>';
  const take = (slot: number, at: number): void => {
    if (rings.length(slot) >= most) rings.dropOldest(slot);
    else if (rings.isFull(slot)) rings.expire(slot, at - span);
    rings.push(slot, at, 0);
  };
  return {
    open: rings.open,
    add: (run) => {
      const bits = counted(run);
      rings.readAhead(run.slots, run.length);
      for (let i = 0; i < run.length; i++) {
        if (bits !== null && bits[run.places[i]!] === 0) continue;
        take(run.slots[i]!, run.times[i]!);
      }
    },
    deferred: {
      read: readerOf(counted),
      take: (slot, times, told, first, count) => {
        for (let i = first + count - 1; i >= first; i--) if (told[i] === 1) take(slot, times[i]!);
      },
    },
    keep: (from, count, to) => {
      let kept = 0;
      for (let i = 0; i < count; i++) {
        const slot = from.slots[i]!;
        // Too few even with those that are too old.
        if (needsMany && !compare(rings.length(slot), op, value)) continue;
        const at = from.times[i]!;
        rings.expire(slot, at - span);
        if (!compare(rings.length(slot), op, value)) continue;
        to.slots[kept] = slot;
        to.times[kept++] = at;
      }
      return kept;
    },
    close: rings.close,
    isLasting: needsMany,
  };
};
