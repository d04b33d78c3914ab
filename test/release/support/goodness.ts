import { chiSquareBelow } from '../../../core/math/index.ts';

/**
 * Draws in bins: |x| up to each edge, and beyond the last. With `twoSided`, negative and positive draws are counted apart, in
 * the order of `signedShares`.
 */
export const countBins = (draws: Float64Array, edges: readonly number[], twoSided: boolean): Float64Array => {
  const bins = new Float64Array(2 * (edges.length + 1));
  for (const x of draws) {
    const size = Math.abs(x);
    let bin = 0;
    while (bin < edges.length && size > (edges[bin] ?? 0)) bin++;
    const at = 2 * bin + (x < 0 ? 1 : 0);
    bins[at] = (bins[at] ?? 0) + 1;
  }
  if (!twoSided) return bins.filter((_, at) => at % 2 === 0);
  return edges[0] === 0 ? bins.filter((_, at) => at !== 1) : bins;
};

/** Shares of |x| in bins, each halved for the two signs; a first bin that holds only 0 has none. */
export const signedShares = (
  shares: readonly number[],
  edges: readonly number[],
  twoSided: boolean,
): readonly number[] =>
  twoSided ? shares.flatMap((share, at) => (at === 0 && edges[0] === 0 ? [share] : [share / 2, share / 2])) : shares;

/** Probability that Pearson's chi-square is this large or larger when the shares are true; expects some draws per bin. */
export const chiSquareChance = (counts: ArrayLike<number>, shares: readonly number[]): number => {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  const statistic = shares.reduce((sum, share, at) => {
    const expected = share * total;
    return sum + ((counts[at] ?? 0) - expected) ** 2 / expected;
  }, 0);
  return 1 - chiSquareBelow(shares.length - 1, statistic);
};

/** Largest distance, at the edges, between the empirical distribution of |x| and the exact one. */
export const kolmogorovDistance = (
  draws: Float64Array,
  edges: readonly number[],
  shares: readonly number[],
): number => {
  const counts = countBins(draws.map(Math.abs), edges, false);
  let [empirical, exact, largest] = [0, 0, 0];
  for (let at = 0; at < edges.length; at++) {
    empirical += (counts[at] ?? 0) / draws.length;
    exact += shares[at] ?? 0;
    largest = Math.max(largest, Math.abs(empirical - exact));
  }
  return largest;
};

/**
 * A distance that `n` draws exceed with at most this probability, whatever the distribution: Dvoretzky, Kiefer & Wolfowitz,
 * with Massart's constant (1990).
 */
export const kolmogorovLimit = (n: number, falseAlarm: number): number => Math.sqrt(Math.log(2 / falseAlarm) / (2 * n));
