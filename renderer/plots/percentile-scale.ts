const TOP = 4;

/**
 * Place of a percentile (0–100) on a scale that gives the top the room it needs: 0 → 0, 90 → ¼, 99 → ½, 99.9 → ¾,
 * 99.99 and above → 1 (the number of nines).
 */
export const ninesOf = (percentile: number): number => {
  const share = Math.min(Math.max(1 - percentile / 100, 0), 1);
  return Math.min(TOP, -Math.log10(Math.max(share, 1e-9)) + 0) / TOP;
};

/** Percentiles worth a mark on that scale. */
export const NINES = [0, 90, 99, 99.9] as const;
