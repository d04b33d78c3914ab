import { grownInts } from './grow.ts';
import { createSweep, type Timed } from './sweep.ts';

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
/** Before it nothing else is. */
const EVER = -Number.MAX_VALUE;
const FEWEST = 16;

/**
 * Forgets entries by time, not by references to them, which cost a miss of the cache each. Whoever keeps the number of an entry
 * beside a moment may find it given to something else only after `keepFor`, when what it stands for has left every window:
 * then it says no more than a number that was never used.
 */
export const createRetention = (table: Timed, forget: (entry: number) => void): Retention => {
  let span = 0;
  /** Those made since the last sweep. */
  let fresh = new Int32Array(FEWEST);
  let freshCount = 0;
  const sweep = createSweep(table, forget);
  return {
    made: (entry) => {
      if (freshCount === fresh.length) fresh = grownInts(fresh, freshCount + 1);
      fresh[freshCount++] = entry;
    },
    keepFor: (asked) => {
      span = Math.max(span, asked);
    },
    reset: () => {
      span = 0;
    },
    sweep: (at) => {
      for (let i = 0; i < freshCount; i++) {
        const entry = fresh[i]!; // hot: below the count
        if (table.nextBefore(EVER, entry, entry + 1) === entry) forget(entry);
      }
      freshCount = 0;
      // A value exactly as old as a lookback is known still.
      sweep(at, at - span);
    },
  };
};
