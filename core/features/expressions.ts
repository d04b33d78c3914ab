import type { Dialect } from './dialect.ts';

/*
 * A parallel sum of doubles depends on the order of its terms, so nothing here adds doubles: terms become
 * integers of a billionth (or DECIMAL with nine places) before they are added, and only totals are divided.
 */

/** Quotient as DOUBLE; NULL for a zero divisor. */
export const ratio = (a: string, b: string): string => `CAST(${a} AS DOUBLE) / NULLIF(CAST(${b} AS DOUBLE), 0e0)`;

/** Number of rows where the condition holds. */
export const countIf = (condition: string): string => `count(CASE WHEN ${condition} THEN 1 END)`;

/** Share of the rows where `known` is not NULL in which the condition holds. */
export const shareIf = (condition: string, known: string): string => ratio(countIf(condition), `count(${known})`);

/** A double as a whole number of billionths; |x| below 9e9. */
const billionths = (x: string): string => `CAST(round((${x}) * 1e9) AS BIGINT)`;

/** Mean of doubles, independent of their order; equal terms to a billionth give exactly their common value. */
export const meanOf = (dialect: Dialect, x: string): string =>
  `${ratio(dialect.total(billionths(x)), `count(${x})`)} / 1e9`;

/** A double as an exact decimal, for sums of money; |x| up to 1e18. */
export const money = (x: string): string => `CAST(${x} AS DECIMAL(28, 9))`;

/** Mean of `x` over the events behind rows that stand for `n` events each; rows where x is NULL do not count. */
export const meanPerEvent = (dialect: Dialect, x: string): string =>
  `${ratio(dialect.total(`n * ${billionths(x)}`), `sum(CASE WHEN (${x}) IS NOT NULL THEN n END)`)} / 1e9`;

/** Shannon entropy in bits of the shares n / Σn (Shannon 1948): (N·log2 N − Σ n·log2 n) / N, N = Σn. */
export const entropy = (dialect: Dialect): string => {
  const whole = 'CAST(sum(n) AS DOUBLE)';
  const parts = dialect.total(billionths('n * log2(n)'));
  return `greatest(0e0, ${ratio(`(round(${whole} * log2(${whole}) * 1e9) - ${parts})`, 'sum(n)')} / 1e9)`;
};
