import type { PairTable } from './pair-table.ts';

/** Entries looked at per call: twice what the events between two calls can add, so that what is over never outgrows the rest. */
export const SWEEP_ENTRIES = 512;

/**
 * Looks at some entries of a table, from call to call at the next ones, and drops those whose time is over: a table is gone
 * round without a pause that grows with it.
 */
export const createSweep = (
  table: PairTable,
  drop: (entry: number) => void,
): ((isOver: (time: number) => boolean) => void) => {
  let hand = 0;
  return (isOver) => {
    const reach = table.reach();
    for (let i = Math.min(reach, SWEEP_ENTRIES); i > 0; i--) {
      hand = hand + 1 < reach ? hand + 1 : 0;
      if (table.isThere(hand) && isOver(table.time(hand))) drop(hand);
    }
  };
};
