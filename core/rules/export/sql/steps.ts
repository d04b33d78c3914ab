import type { SqlDialect } from './dialect.ts';

/** Steps beyond this are no whole numbers any more: such a value is missing. */
const MOST_STEPS = 2 ** 53;

/**
 * A number column in steps of 10^−decimals as BIGINT: ⌊x · 10^d + ½⌋ in doubles; 0 where it is missing or its steps leave
 * ±2^53. The bounds stand on x, because some engines stop at a product that is too large.
 */
export const stepsSql = (column: string, decimals: number, dialect: SqlDialect): string => {
  const x = dialect.toDouble(column);
  const most = dialect.number(mostWithin(decimals));
  const least = dialect.number(-mostWithin(decimals));
  const steps = dialect.floor(`${x} * ${dialect.number(10 ** decimals)} + ${dialect.number(0.5)}`);
  return `CASE WHEN ${x} BETWEEN ${least} AND ${most} THEN ${steps} ELSE 0 END`;
};

/** A threshold in the same steps, at most as many as a double can say: no sum comes near. */
export const stepsOfThreshold = (value: number, decimals: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, Math.floor(value * 10 ** decimals + 0.5)));

/** The largest double whose product with 10^decimals is at most 2^53, also after ½ was added to it. */
const mostWithin = (decimals: number): number => {
  const bits = new BigInt64Array(1);
  const x = new Float64Array(bits.buffer);
  x[0] = MOST_STEPS / 10 ** decimals;
  const product = (): number => (x[0] ?? 0) * 10 ** decimals;
  while (product() <= MOST_STEPS) bits[0] = (bits[0] ?? 0n) + 1n;
  while (product() > MOST_STEPS) bits[0] = (bits[0] ?? 0n) - 1n;
  return x[0] ?? 0;
};
