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
 * Called at a moment, looks at some entries of a table, from call to call at the next ones, and drops those before another
 * moment: twice as many as were added since the last call, so that what is over never outgrows what is not, and never a pause
 * that grows with the table.
 */
export const createSweep = (table: Timed, drop: (entry: number) => void): ((at: number, before: number) => void) => {
  let hand = 0;
  let inserted = 0;
  /** The moment of the first call: as long as what is over would be older, nothing is looked at. */
  let begun = Number.NaN;
  const dropThose = (before: number, from: number, below: number): void => {
    let entry = table.nextBefore(before, from, below);
    for (; entry < below; entry = table.nextBefore(before, entry + 1, below)) drop(entry);
  };
  return (at, before) => {
    if (Number.isNaN(begun)) begun = at;
    const added = table.inserted() - inserted;
    inserted += added;
    if (before <= begun) return;
    const reach = table.reach();
    const steps = Math.min(reach, FEWEST + 2 * added);
    const end = hand + steps;
    dropThose(before, hand, Math.min(end, reach));
    if (end > reach) dropThose(before, 0, end - reach);
    hand = end < reach ? end : end - reach;
  };
};
