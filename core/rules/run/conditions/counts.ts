import type { Memory } from '../memory.ts';
import { createMomentRings } from '../moment-rings.ts';
import { addFloats, type Rows } from '../rows.ts';
import type { Place } from './condition.ts';

/** Numbers of events in the window of each slot. */
export type Counts = {
  open(slot: number): void;
  add(slot: number, at: number): void;
  /** The number of events in the window that ends with this moment, or `most` where there are more. */
  countOf(slot: number, at: number): number;
  close(slot: number): void;
};

/**
 * Of a sliding window only the `most` latest moments need to be kept: whether n events are in it is told by the n-th latest
 * alone. Where windows are emptied as a whole, a number does.
 */
export const createCounts = ({ span, memory, rows }: Place, most: number): Counts =>
  span === Infinity ? plainCounts(rows) : slidingCounts(span, most, memory, rows);

const plainCounts = (rows: Rows): Counts => {
  const place = addFloats(rows, 1);
  const at = (slot: number): number => (slot * rows.words) / 2 + place;
  return {
    open: (slot) => {
      rows.floats[at(slot)] = 0;
    },
    add: (slot) => {
      rows.floats[at(slot)] = rows.floats[at(slot)]! + 1; // hot: slots were opened
    },
    countOf: (slot) => rows.floats[at(slot)]!,
    close: () => undefined,
  };
};

const slidingCounts = (span: number, most: number, memory: Memory, rows: Rows): Counts => {
  const rings = createMomentRings(memory, rows, false);
  const expire = (slot: number, at: number): void => {
    while (rings.length(slot) > 0 && rings.oldest(slot) <= at - span) rings.dropOldest(slot);
  };
  return {
    open: rings.open,
    add: (slot, at) => {
      expire(slot, at);
      if (rings.length(slot) >= most) rings.dropOldest(slot);
      rings.push(slot, at, 0);
    },
    countOf: (slot, at) => {
      expire(slot, at);
      return rings.length(slot);
    },
    close: rings.close,
  };
};
