import type { BoundedRows } from '../bounding/index.ts';

/** Sums saturate here: see `MAX_NOISE`. Clamping to a constant moves no two sums further apart. */
const MOST_SUM = 2 ** 51;
/** Sums of as many rows as an array can have, 2^32, are exact below 2^53 for terms up to here. */
const SMALL_TERM = 2 ** 21;

/**
 * Σ of `term(row)` in each group, exactly, saturated at ±2^51. Terms are integers of at most `mostTerm` ≤ 2^42 in
 * magnitude; above 2^21 they are added in two halves, so that no addition is ever rounded: a rounded sum could move by more
 * than its terms (Casacuberta, Shoemate, Vadhan & Wagaman 2022), and would break the sensitivity.
 */
export const sumByGroup = (rows: BoundedRows, term: (row: number) => number, mostTerm: number): Float64Array => {
  const sums = new Float64Array(rows.groups);
  const { group } = rows;
  if (mostTerm <= SMALL_TERM) {
    for (let i = 0; i < group.length; i++) sums[group[i]!]! += term(i); // hot: groups were checked
    for (let g = 0; g < sums.length; g++) sums[g] = saturated(sums[g]!);
    return sums;
  }
  const upper = new Float64Array(rows.groups);
  for (let i = 0; i < group.length; i++) {
    const whole = term(i);
    const high = Math.floor(whole / SMALL_TERM);
    upper[group[i]!]! += high;
    sums[group[i]!]! += whole - high * SMALL_TERM;
  }
  for (let g = 0; g < sums.length; g++) {
    const sum = BigInt(upper[g]!) * BigInt(SMALL_TERM) + BigInt(sums[g]!);
    sums[g] = saturated(Number(sum)); // beyond 2^53 the conversion rounds, on the same side of 2^51
  }
  return sums;
};

/** Different actors in each group: rows are in order of actor and group, so each pair is one run. */
export const actorsByGroup = (rows: BoundedRows): Float64Array => {
  const counts = new Float64Array(rows.groups);
  const { actor, group } = rows;
  for (let i = 0; i < group.length; i++) {
    const isNew = i === 0 || actor[i]! !== actor[i - 1]! || group[i]! !== group[i - 1]!; // hot: i is inside
    if (isNew) counts[group[i]!]!++;
  }
  return counts;
};

const saturated = (sum: number): number => Math.max(-MOST_SUM, Math.min(MOST_SUM, sum));
