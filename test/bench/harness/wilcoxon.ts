import { midRanks } from '../../../core/math/index.ts';

/**
 * Two-sided probability, by chance alone, of paired differences leaning to one side as they do: Wilcoxon's signed-rank test
 * (Wilcoxon 1945), exact for any ties by counting all signs; differences of zero are left out. 1 where none is left.
 */
export const wilcoxon = (differences: readonly number[]): number => {
  const kept = differences.filter((difference) => difference !== 0);
  // Twice the mid-ranks are whole numbers.
  const ranks = Array.from(midRanks(kept.map(Math.abs)), (rank) => Math.round(2 * rank));
  const total = ranks.reduce((sum, rank) => sum + rank, 0);
  let ways = new Float64Array(total + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    const next = ways.map((count) => count / 2);
    for (let sum = rank; sum <= total; sum++) next[sum] = (next[sum] ?? 0) + (ways[sum - rank] ?? 0) / 2;
    ways = next;
  }
  const positive = ranks.reduce((sum, rank, i) => sum + ((kept[i] ?? 0) > 0 ? rank : 0), 0);
  const farther = Math.min(positive, total - positive);
  let below = 0;
  for (let sum = 0; sum <= farther; sum++) below += ways[sum] ?? 0;
  return Math.min(1, 2 * below);
};
