import { countOf, countWithout } from './bitset.ts';
import type { Codes } from './codes.ts';
import type { Learned } from './table.ts';

/**
 * Whether a rule, beside others of one list, is about enough actors to leave its case, as `checkLeaks` asks: it hits at least
 * `k`, leaves nobody or at least `k` of those who have the values it asks for, and of it and each other rule neither hits a few
 * whom the other does not.
 */
export const mayLeave = (codes: Codes, { rule, hits }: Learned, others: readonly Learned[], k: number): boolean => {
  const hit = countOf(hits);
  if (hit < k) return false;
  const missed = countHaving(codes, [...new Set(rule.map(({ column }) => column))]) - hit;
  const isEnough = (count: number): boolean => count === 0 || count >= k;
  return (
    isEnough(missed) &&
    others.every((other) => isEnough(countWithout(hits, other.hits)) && isEnough(countWithout(other.hits, hits)))
  );
};

/** Rows with a value in each of these columns. */
const countHaving = (codes: Codes, columns: readonly number[]): number => {
  const gappy = columns.filter((column) => codes.missing[column] !== 0);
  if (gappy.length === 0) return codes.rows;
  let count = 0;
  for (let row = 0; row < codes.rows; row++) {
    let has = true;
    // Hot: every row; columns are those of the table.
    for (let i = 0; i < gappy.length && has; i++) {
      has = codes.codes[gappy[i]! * codes.rows + row]! <= codes.cuts[gappy[i]!]!.length;
    }
    if (has) count++;
  }
  return count;
};
