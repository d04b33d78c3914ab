/** Entries looked at even where nothing was added. */
const FEWEST = 16;

/** Entries 0, 1, 2 …, some of them free, each with a time. */
type Timed = {
  reach(): number;
  inserted(): number;
  isThere(entry: number): boolean;
  time(entry: number): number;
};

/**
 * Looks at some entries of a table, from call to call at the next ones, and drops those whose time is over: twice as many as
 * were added since the last call, so that what is over never outgrows what is not, and never a pause that grows with the table.
 */
export const createSweep = (
  table: Timed,
  drop: (entry: number) => void,
): ((isOver: (time: number) => boolean) => void) => {
  let hand = 0;
  let inserted = 0;
  return (isOver) => {
    const reach = table.reach();
    const steps = Math.min(reach, FEWEST + 2 * (table.inserted() - inserted));
    inserted = table.inserted();
    for (let i = 0; i < steps; i++) {
      hand = hand + 1 < reach ? hand + 1 : 0;
      if (table.isThere(hand) && isOver(table.time(hand))) drop(hand);
    }
  };
};
