import { both, countBoth, countOf, either, rowsOf, without, type Bitset } from './bitset.ts';
import type { Conjunction } from './codes.ts';
import { growRule } from './grow.ts';
import { counted, positivesFirst, uncounted } from './histogram.ts';
import { revised, shortened, type Beside } from './improve-list.ts';
import { mayLeave } from './may-leave.ts';
import { rememberHits } from './remember-hits.ts';
import { unionOf, type Growth, type Learned, type Table } from './table.ts';
import { fMeasure, MIN_GAIN, worthOf } from './worth.ts';

export type Learning = Growth & {
  readonly mostRules: number;
  /** Fewest rows of the whole table that a rule hits. */
  readonly k: number;
};

/**
 * Two lists are grown: one from the rule that is worth most by itself, and one from rules that are more precise, which is what the
 * smaller β asks for: one broad rule leaves little to gain to those after it.
 */
const STARTS = [1, 0.7];
/**
 * Of the two, the one of the highest F measure, less so much for each condition, divided by the number of rows that are not positive:
 * among few rows, conditions fit by chance. Chosen, as all figures of this search, over many labelled tables at once.
 */
const ROWS_PER_CONDITION = 3;

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
  const { codes, labels } = table;
  const wanted = both(learn, positive);
  const positives = countOf(wanted);
  const measureBy = (hits: Bitset, beta: number): number => {
    const truePositives = countBoth(hits, wanted);
    return fMeasure(truePositives, countBoth(hits, learn) - truePositives, positives, beta);
  };
  const measure = (hits: Bitset): number => measureBy(hits, learning.beta);
  const hitsOf = rememberHits(codes);
  const learned = (rule: Conjunction): Learned => ({ rule, hits: hitsOf(rule) });
  const everyRow = counted(codes, positivesFirst(rowsOf(learn), labels));

  const searched = (others: readonly Learned[], beta: number): Beside | undefined => {
    const hit = unionOf(others, codes.rows);
    const truePositives = countBoth(hit, wanted);
    const falsePositives = countBoth(hit, learn) - truePositives;
    // What is left is counted by what is not: mostly few rows.
    const histogram = uncounted(everyRow, codes, positivesFirst(rowsOf(both(learn, hit)), labels));
    const left = { rows: rowsOf(without(learn, hit)), histogram, truePositives, falsePositives, positives };
    const isSupported = (rule: Conjunction): boolean => mayLeave(codes, learned(rule), others, learning.k);
    const grown = growRule(table, left, { ...learning, beta }, isSupported);
    let best = grown === undefined ? undefined : { ...learned(grown.rule), worth: grown.worth };
    for (const other of more) {
      if (!mayLeave(codes, other, others, learning.k)) continue;
      const worth = worthOf(measureBy(either(hit, other.hits), beta), other.rule.length);
      if (worth > (best?.worth ?? 0)) best = { ...other, worth };
    }
    const before = measureBy(hit, beta);
    return best !== undefined && measureBy(either(hit, best.hits), beta) > before + MIN_GAIN && best.worth > before
      ? best
      : undefined;
  };
  // The two starts often come by the same rules.
  const found = new Map<string, Beside | undefined>();
  const bestBeside = (others: readonly Learned[], beta: number): Beside | undefined => {
    const key = JSON.stringify([beta, ...others.map(({ rule }) => JSON.stringify(rule)).sort()]);
    if (!found.has(key)) found.set(key, searched(others, beta));
    return found.get(key);
  };
  const extended = (start: readonly Learned[], beta: number): readonly Learned[] => {
    let list = start;
    while (list.length < learning.mostRules) {
      const next = bestBeside(list, beta);
      if (next === undefined) break;
      list = [...list, next];
    }
    return list;
  };
  const besides = (others: readonly Learned[]): Beside | undefined => bestBeside(others, learning.beta);
  const others = Math.max(1, countOf(learn) - positives);
  const worthOfList = (list: readonly Learned[]): number => {
    const conditions = list.reduce((sum, { rule }) => sum + rule.length, 0);
    return measure(unionOf(list, codes.rows)) * (1 - (ROWS_PER_CONDITION * conditions) / others);
  };
  const lists = STARTS.map((share) => {
    const list = revised(extended([], share * learning.beta), codes.rows, measure, besides);
    return share === 1 ? list : extended(list, learning.beta);
  });
  const best = lists.reduce((a, b) => (worthOfList(b) > worthOfList(a) ? b : a));
  return shortened(table, learn, best, measure, learned, learning.k);
};
