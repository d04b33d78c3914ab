import type { Comparison } from '../../schema.ts';
import { compare, countsUpTo } from '../compare.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats, type Rows } from '../rows.ts';
import type { ConditionState, Place } from './condition.ts';

/** A number of events in the window, and what it is compared with: `add` takes in an event that is to be counted. */
export const createCounts = (place: Place, op: Comparison, value: number): ConditionState =>
  place.span === Infinity ? plainCounts(place.rows, op, value) : slidingCounts(place, op, value);

/** Where windows are emptied as a whole, a number does. */
const plainCounts = (rows: Rows, op: Comparison, value: number): ConditionState => {
  const place = addFloats(rows, 1);
  const at = (slot: number): number => (slot * rows.words) / 2 + place;
  return {
    open: (slot) => {
      rows.floats[at(slot)] = 0;
    },
    add: (slot) => {
      rows.floats[at(slot)] = rows.floats[at(slot)]! + 1; // hot: slots were opened
    },
    holds: (slot) => compare(rows.floats[at(slot)]!, op, value),
    close: () => undefined,
  };
};

/**
 * Of a sliding window only as many latest moments are kept as the comparison needs: whether n events are in it is told by
 * the n-th latest alone. What is too old goes when room is needed, or when it would matter.
 */
const slidingCounts = ({ span, memory, rows }: Place, op: Comparison, value: number): ConditionState => {
  const most = countsUpTo(op, value);
  const rings = createMomentRings(memory, rows, false);
  const needsMany = op === '>=' || op === '>';
  const expire = (slot: number, at: number): void => {
    while (rings.length(slot) > 0 && rings.oldest(slot) <= at - span) rings.dropOldest(slot);
  };
  return {
    open: rings.open,
    add: (slot, at) => {
      if (rings.length(slot) >= most) rings.dropOldest(slot);
      else if (rings.isFull(slot)) expire(slot, at);
      rings.push(slot, at, 0);
    },
    holds: (slot, at) => {
      // Too few even with those that are too old.
      if (needsMany && !compare(rings.length(slot), op, value)) return false;
      expire(slot, at);
      return compare(rings.length(slot), op, value);
    },
    close: rings.close,
  };
};
