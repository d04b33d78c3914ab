/** Entries looked at even where nothing was added. */
const FEWEST = 16;

/** Entries 0, 1, 2 …, some of them free, each with a time. */
export type Timed = {
  reach(): number;
  inserted(): number;
  /** The first entry from one on, below another one, that is there and of a time before a moment; that other one if none is. */
  nextBefore(moment: number, from: number, below: number): number;
};

/**
 * Looks at some entries of a table, from call to call at the next ones, and drops those before a moment: twice as many as
 * were added since the last call, so that what is over never outgrows what is not, and never a pause that grows with the table.
 */
export const createSweep = (table: Timed, drop: (entry: number) => void): ((before: number) => void) => {
  let hand = 0;
  let inserted = 0;
  const dropThose = (before: number, from: number, below: number): void => {
    let entry = table.nextBefore(before, from, below);
    for (; entry < below; entry = table.nextBefore(before, entry + 1, below)) drop(entry);
  };
  return (before) => {
    const reach = table.reach();
    const steps = Math.min(reach, FEWEST + 2 * (table.inserted() - inserted));
    inserted = table.inserted();
    const end = hand + steps;
    dropThose(before, hand, Math.min(end, reach));
    if (end > reach) dropThose(before, 0, end - reach);
    hand = end < reach ? end : end - reach;
  };
};
