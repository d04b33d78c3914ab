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

/**
 * Half of G² (Dunning 1993): how much likelier p of P positives and n of N others are with a share of positives of their own than with
 * that of all, counting both those who are met and the rest.
 */
export const evidenceOf = (logs: Float64Array, p: number, n: number, P: number, N: number): number => {
  const met = p + n;
  const all = P + N;
  return (
    xlogx(logs, p) +
    xlogx(logs, n) +
    xlogx(logs, P - p) +
    xlogx(logs, N - n) +
    xlogx(logs, all) -
    xlogx(logs, met) -
    xlogx(logs, all - met) -
    xlogx(logs, P) -
    xlogx(logs, N)
  );
};

const xlogx = (logs: Float64Array, count: number): number => count * logs[count]!; // hot: counts are at most the rows
