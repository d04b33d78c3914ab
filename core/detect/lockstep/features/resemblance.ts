import { midRanks } from '../../../math/ranks.ts';
import { BINS, binCounts, binOf } from './bins.ts';
import { FEW_TWINS } from './excess.ts';
import type { RankTable } from './rank-table.ts';

/** How much each row resembles those that are alike beyond chance. */
export type Resemblance = {
  /** Per row the sum over columns of the log ratio of how common its value is among those and among all. */
  readonly scores: Float64Array;
  /** How far it is to be believed, in [0, 1): 0 where nobody is alike beyond chance, and then all scores are 0. */
  readonly trust: number;
};

/**
 * Naive Bayes (Maron 1961) without labels: `weights` say how far each row is alike beyond chance. How common a value is
 * among such rows starts from how common it is among all, as if a weight of `FEW_TWINS` had been seen before.
 */
export const resemblanceOf = async (
  table: RankTable,
  weights: Float64Array,
  pace: () => Promise<void>,
): Promise<Resemblance> => {
  const { rows, columns } = table;
  const weight = weights.reduce((sum, value) => sum + value, 0);
  const scores = new Float64Array(rows);
  if (weight === 0) return { scores, trust: 0 };
  const all = binCounts(table);
  const alike = binCounts(table, weights);
  await pace();
  const ratios = alike.map((value, at) => {
    const share = (all[at] ?? 0) / rows;
    return share === 0 ? 0 : Math.log((value / share + FEW_TWINS) / (weight + FEW_TWINS));
  });
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) scores[i]! += ratios[j * BINS + binOf(table, i, j)]!; // hot: rows × columns
    if (i % STRETCH === 0) await pace();
  }
  return { scores, trust: weight / (weight + FEW_TWINS) };
};

/** Company and resemblance as one order, in [0, 1): their places added, that of resemblance as far as it is trusted. */
export const joined = (company: ArrayLike<number>, { scores, trust }: Resemblance): Float64Array => {
  const resembling = sharesBelow(scores);
  return sharesBelow(sharesBelow(company).map((place, i) => place + trust * (resembling[i] ?? 0)));
};

/** Per value the share of the others below it, in [0, 1); equal values share the mean of theirs. */
export const sharesBelow = (values: ArrayLike<number>): Float64Array =>
  midRanks(values).map((rank) => (rank - 1) / values.length);

/** Rows between two looks at the clock. */
const STRETCH = 512;
