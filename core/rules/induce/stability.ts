import { drawInOrder, type Random } from '../../random/index.ts';
import { addRow, emptySet, jaccard, rowsOf, type Bitset } from './bitset.ts';
import type { Conjunction } from './codes.ts';
import type { Stability } from './types.ts';

/** Share of the training actors in each resample. */
const DRAWN = 0.8;

/**
 * How alike what is learned from resamples is: the mean Jaccard index over pairs of resamples (as Kalousis, Prados & Hilario
 * 2007 compare sets of features), and the share of the rules' conditions, by column and direction, that a resample finds again.
 */
export const stabilityOf = (
  rules: readonly Conjunction[],
  training: Bitset,
  resamples: number,
  learn: (training: Bitset) => { readonly rules: readonly Conjunction[]; readonly hits: Bitset },
  random: Random,
): Stability => {
  const rows = rowsOf(training);
  const drawn = Array.from({ length: resamples }, (_, i) => {
    const part = emptySet(training.length * 32);
    const count = Math.round(rows.length * DRAWN);
    for (const at of drawInOrder(rows.length, random.fork(i), count)) addRow(part, rows[at] ?? 0);
    return learn(part);
  });
  const wanted = new Set(rules.flatMap(namesOf));
  const found = drawn.map((each) => {
    const names = new Set(each.rules.flatMap(namesOf));
    return [...wanted].filter((name) => names.has(name)).length / Math.max(1, wanted.size);
  });
  const pairs = drawn.flatMap((a, i) => drawn.slice(i + 1).map((b) => jaccard(a.hits, b.hits)));
  return { resamples, jaccard: mean(pairs), conditions: mean(found) };
};

const namesOf = (rule: Conjunction): readonly string[] => rule.map(({ column, isHigh }) => `${column} ${isHigh}`);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
