import { createSweep } from './sweep.ts';

/** How long what a table holds is needed after it was used last. */
export type Retention = {
  /** An entry was made, and is not used so far. */
  made(entry: number): void;
  /** Entries used are kept for this long (µs) from now on; 0 at first, and the longest of what is asked for. */
  keepFor(span: number): void;
  /** Takes back what was asked for. */
  reset(): void;
  /** Forgets entries that nobody used since they were made, and some of those used too long before a moment. */
  sweep(at: number): void;
};

/** The latest use of an entry that was not used. */
export const UNUSED = -Infinity;

/**
 * Forgets entries by time, not by references to them, which cost a miss of the cache each. Whoever keeps the number of an entry
 * beside a moment may find it given to something else only after `keepFor`, when what it stands for has left every window:
 * then it says no more than a number that was never used.
 */
export const createRetention = (
  table: {
    reach(): number;
    inserted(): number;
    isThere(entry: number): boolean;
    time(entry: number): number;
  },
  forget: (entry: number) => void,
): Retention => {
  let span = 0;
  let fresh: number[] = [];
  const sweep = createSweep(table, forget);
  return {
    made: (entry) => void fresh.push(entry),
    keepFor: (asked) => {
      span = Math.max(span, asked);
    },
    reset: () => {
      span = 0;
    },
    sweep: (at) => {
      if (fresh.length > 0) {
        for (const entry of fresh) if (table.isThere(entry) && table.time(entry) === UNUSED) forget(entry);
        fresh = [];
      }
      // A value exactly as old as a lookback is known still.
      sweep((time) => time < at - span);
    },
  };
};
