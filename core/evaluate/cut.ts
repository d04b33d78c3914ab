import type { TieGroups } from './tie-groups.ts';

/** Positives expected among the first `rows` when equal scores are put in random order. */
export const positivesAbove = (groups: TieGroups, rows: number): number => {
  let left = rows;
  let positives = 0;
  for (let g = 0; g < groups.positives.length && left > 0; g++) {
    const hits = groups.positives[g] ?? 0;
    const size = hits + (groups.negatives[g] ?? 0);
    const taken = Math.min(size, left);
    positives += taken === size ? hits : (hits * taken) / size;
    left -= taken;
  }
  return positives;
};
