import { both, countBoth, either, emptySet, rowsOf, without, type Bitset } from './bitset.ts';
import { hitsOf, type Conjunction } from './codes.ts';
import { mayLeave } from './may-leave.ts';
import type { Growth, Learned, Table } from './table.ts';
import { fMeasure, worthOf } from './worth.ts';
import { growRule } from './grow.ts';

export type Learning = Growth & {
  readonly mostRules: number;
  /** Fewest rows of the whole table that a rule hits. */
  readonly k: number;
};

/** The least that a rule adds to the F measure of those before it. */
export const MIN_GAIN = 0.003;

/**
 * Rules that together reach a high F measure on the rows of `learn`. Each is grown on what those before it leave (sequential
 * covering, Fürnkranz 1999); then each in turn is grown anew given all others, and replaced or dropped where the list is
 * better for it, as RIPPER revises its rules (Cohen 1995); last, conditions that the list does not need are
 * dropped. `more` are further rules to choose from.
 */
export const learnList = (
  table: Table,
  learn: Bitset,
  positive: Bitset,
  learning: Learning,
  more: readonly Learned[] = [],
): readonly Learned[] => {
  const positives = countBoth(learn, positive);
  const measure = (hits: Bitset): number => {
    const truePositives = countBoth(both(hits, learn), positive);
    return fMeasure(truePositives, countBoth(hits, learn) - truePositives, positives, learning.beta);
  };
  const learned = (rule: Conjunction): Learned => ({ rule, hits: hitsOf(table.codes, rule) });

  const bestBeside = (others: readonly Learned[]): (Learned & { readonly worth: number }) | undefined => {
    const hit = unionOf(others, table.codes.rows);
    const truePositives = countBoth(both(hit, learn), positive);
    const left = {
      rows: rowsOf(without(learn, hit)),
      truePositives,
      falsePositives: countBoth(hit, learn) - truePositives,
      positives,
    };
    const grown = growRule(table, left, learning, (rule) => mayLeave(table.codes, learned(rule), others, learning.k));
    let best = grown === undefined ? undefined : { ...learned(grown.rule), worth: grown.worth };
    for (const other of more) {
      if (!mayLeave(table.codes, other, others, learning.k)) continue;
      const worth = worthOf(measure(either(hit, other.hits)), other.rule.length);
      if (worth > (best?.worth ?? 0)) best = { ...other, worth };
    }
    const before = measure(hit);
    return best !== undefined && measure(either(hit, best.hits)) > before + MIN_GAIN && best.worth > before
      ? best
      : undefined;
  };

  let list: readonly Learned[] = [];
  while (list.length < learning.mostRules) {
    const next = bestBeside(list);
    if (next === undefined) break;
    list = [...list, next];
  }
  list = list.length > 1 ? revise(list, table.codes.rows, measure, bestBeside) : list;
  // One after the other: what one rule loses must be judged beside what is left of the others.
  for (const [i, one] of list.entries()) {
    const others = list.toSpliced(i, 1);
    const isAllowed = (shorter: Learned): boolean => mayLeave(table.codes, shorter, others, learning.k);
    list = list.with(i, simplify(one, others, table.codes.rows, measure, learned, isAllowed));
  }
  return list;
};

const unionOf = (list: readonly Learned[], rows: number): Bitset =>
  list.reduce((union, { hits }) => either(union, hits), emptySet(rows));

/** Each rule once more, beside all others. */
const revise = (
  list: readonly Learned[],
  rows: number,
  measure: (hits: Bitset) => number,
  bestBeside: (others: readonly Learned[]) => (Learned & { readonly worth: number }) | undefined,
): readonly Learned[] => {
  let revised = list;
  for (const one of list) {
    const others = revised.filter((other) => other !== one);
    const without = measure(unionOf(others, rows));
    const now = worthOf(measure(unionOf(revised, rows)), one.rule.length);
    const anew = bestBeside(others);
    if (anew !== undefined && anew.worth > now) revised = revised.map((other) => (other === one ? anew : other));
    else if (now <= without + MIN_GAIN) revised = others;
  }
  return revised;
};

/** The rule without the conditions that the list is no worse without. */
const simplify = (
  one: Learned,
  others: readonly Learned[],
  rows: number,
  measure: (hits: Bitset) => number,
  learned: (rule: Conjunction) => Learned,
  isAllowed: (shorter: Learned) => boolean,
): Learned => {
  const rest = unionOf(others, rows);
  let kept = one;
  for (const literal of one.rule) {
    if (kept.rule.length === 1) break;
    const shorter = learned(kept.rule.filter((other) => other !== literal));
    const now = worthOf(measure(either(rest, kept.hits)), kept.rule.length);
    const isNoWorse = worthOf(measure(either(rest, shorter.hits)), shorter.rule.length) >= now;
    if (isNoWorse && isAllowed(shorter)) kept = shorter;
  }
  return kept;
};
