/** Shares of the exponential mechanism, in doubles. */
export const exponentialShares = (distances: readonly number[], rate: number, sizes?: readonly number[]): number[] => {
  const weights = distances.map((distance, j) => (sizes?.[j] ?? 1) * Math.exp(-rate * distance));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

/** Shares of permute-and-flip: uniform among the candidates that pass, over all sets that may pass. */
export const flipShares = (scores: readonly number[], rate: number): number[] => {
  const best = Math.max(...scores);
  const pass = scores.map((score) => Math.exp(-rate * (best - score)));
  const shares = scores.map(() => 0);
  for (let set = 1; set < 2 ** scores.length; set++) {
    const chance = pass.reduce((product, p, i) => product * ((set >> i) & 1 ? p : 1 - p), 1);
    const members = scores.flatMap((_, i) => ((set >> i) & 1 ? [i] : []));
    for (const i of members) shares[i] = (shares[i] ?? 0) + chance / members.length;
  }
  return shares;
};

/**
 * Probability of every answer, as text, of up to `k` choices among keys with a count above 0 and an end of score
 * `threshold`: the mechanism by its definition.
 */
export const answerShares = (
  counts: readonly number[],
  k: number,
  rate: number,
  threshold: number,
): ReadonlyMap<string, number> => {
  const shares = new Map<string, number>();
  const follow = (chosen: readonly number[], share: number): void => {
    if (chosen.length === k) {
      shares.set(chosen.join(','), share);
      return;
    }
    const left = counts.flatMap((count, key) => (count > 0 && !chosen.includes(key) ? [key] : []));
    const weights = left.map((key) => Math.exp(rate * (counts[key] ?? 0)));
    const total = weights.reduce((sum, weight) => sum + weight, Math.exp(rate * threshold));
    left.forEach((key, i) => follow([...chosen, key], (share * (weights[i] ?? 0)) / total));
    shares.set(`${chosen.join(',')}.`, (share * Math.exp(rate * threshold)) / total);
  };
  follow([], 1);
  return shares;
};

/** The least δ with P(S) ≤ e^ε Q(S) + δ for every set S of answers. */
export const deltaAt = (p: ReadonlyMap<string, number>, q: ReadonlyMap<string, number>, epsilon: number): number => {
  let delta = 0;
  for (const [answer, share] of p) delta += Math.max(0, share - Math.exp(epsilon) * (q.get(answer) ?? 0));
  return delta;
};
