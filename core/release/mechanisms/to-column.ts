import type { ReleasedColumn } from './mechanism.ts';
import type { Ranged } from './ratio.ts';

/** A column of one ranged number per group, each in units of `unit`. */
export const toColumn = (
  name: string,
  groups: number,
  unit: (cells: number) => number,
  of: (group: number) => Ranged,
): ReleasedColumn => {
  const value = new Float64Array(groups);
  const low = new Float64Array(groups);
  const high = new Float64Array(groups);
  for (let g = 0; g < groups; g++) {
    const ranged = of(g);
    value[g] = unit(ranged.value);
    low[g] = unit(ranged.low);
    high[g] = unit(ranged.high);
  }
  return { name, value, low, high };
};
