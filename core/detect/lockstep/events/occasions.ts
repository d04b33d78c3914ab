/** Quarters of a day that hold a meeting, as bits; a log longer than 8 days goes round. */
const QUARTER_SECONDS = 21_600;

/** The bit of a time. */
export const quarterOf = (seconds: number): number => Math.floor(seconds / QUARTER_SECONDS) & 31;

/**
 * Separate occasions among the quarters of a day: two neighbours are one occasion that lay across their border, and a
 * longer run counts by halves. What is touched together on one occasion, such as a page and all it loads or the
 * entries of one list, is one act.
 */
export const occasionsOf = (quarters: number): number => {
  if (quarters === -1) return 16; // all of them
  // Turned so that no run lies across the end: the highest bit is clear.
  let bits = quarters;
  while (bits < 0) bits = (bits << 1) | 1;
  let occasions = 0;
  for (let run = 0; bits !== 0 || run > 0; bits >>>= 1) {
    if ((bits & 1) === 1) run++;
    else {
      occasions += (run + 1) >> 1;
      run = 0;
    }
  }
  return occasions;
};
