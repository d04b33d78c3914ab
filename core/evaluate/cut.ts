import type { Interval } from './schema.ts';
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

/** 97.5 % quantile of the standard normal. */
export const Z95 = 1.959963984540054;

/** 95 % interval of a share, `hits` of `trials` (Wilson 1927); takes expected, hence fractional, hits as they are. */
export const wilson = (hits: number, trials: number): Interval => {
  const share = hits / trials;
  const z2 = Z95 ** 2;
  const centre = (share + z2 / (2 * trials)) / (1 + z2 / trials);
  const reach = (Z95 / (1 + z2 / trials)) * Math.sqrt((share * (1 - share)) / trials + z2 / (4 * trials ** 2));
  return [Math.max(0, centre - reach), Math.min(1, centre + reach)];
};
