/** Log-likelihood that p positives and n others have by their own share beyond that of `base`; −1 where theirs is lower. */
export const likelihood = (logs: Float64Array, p: number, n: number, base: Base): number => {
  const all = p + n;
  if (p <= base.share * all) return -1;
  // Hot: counts are at most the rows.
  return p * (logs[p]! - logs[all]! - base.log) + n * (logs[n]! - logs[all]! - base.logOthers);
};

/** A share of positives, with its logarithms. */
export type Base = { readonly share: number; readonly log: number; readonly logOthers: number };

export const baseOf = (positives: number, rows: number): Base => {
  const share = positives / Math.max(1, rows);
  return { share, log: Math.log(share), logOthers: Math.log(1 - share) };
};
