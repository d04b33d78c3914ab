import { either, type Bitset } from './bitset.ts';
import { centred } from './centre.ts';
import type { Conjunction } from './codes.ts';
import { mayLeave } from './may-leave.ts';
import { unionOf, type Learned, type Table } from './table.ts';
import { MIN_GAIN, worthOf } from './worth.ts';

/** A rule, and the worth of a list with it. */
export type Beside = Learned & { readonly worth: number };

type Measure = (hits: Bitset) => number;

/** Each rule once more, beside all others. */
export const revised = (
  list: readonly Learned[],
  rows: number,
  measure: Measure,
  bestBeside: (others: readonly Learned[]) => Beside | undefined,
): readonly Learned[] => {
  if (list.length < 2) return list;
  let now = list;
  for (const one of list) {
    const others = now.filter((other) => other !== one);
    const without = measure(unionOf(others, rows));
    const worth = worthOf(measure(unionOf(now, rows)), one.rule.length);
    const anew = bestBeside(others);
    if (anew !== undefined && anew.worth > worth) now = now.map((other) => (other === one ? anew : other));
    else if (worth <= without + MIN_GAIN) now = others;
  }
  return now;
};

/**
 * The rules without the conditions that the list is no worse without, and with each threshold in the middle of its gap; one after the
 * other, as what one rule loses must be judged beside what is left of the others.
 */
export const shortened = (
  table: Table,
  learn: Bitset,
  list: readonly Learned[],
  measure: Measure,
  learned: (rule: Conjunction) => Learned,
  k: number,
): readonly Learned[] => {
  const { codes } = table;
  return list.reduce((now, one, i) => {
    const others = now.toSpliced(i, 1);
    const rest = unionOf(others, codes.rows);
    let kept = one;
    for (const literal of one.rule) {
      if (kept.rule.length === 1) break;
      const shorter = learned(kept.rule.filter((other) => other !== literal));
      const worth = worthOf(measure(either(rest, kept.hits)), kept.rule.length);
      const isNoWorse = worthOf(measure(either(rest, shorter.hits)), shorter.rule.length) >= worth;
      if (isNoWorse && mayLeave(codes, shorter, others, k)) kept = shorter;
    }
    const middle = learned(centred(table, learn, kept.rule));
    return now.with(i, mayLeave(codes, middle, others, k) ? middle : kept);
  }, list);
};
