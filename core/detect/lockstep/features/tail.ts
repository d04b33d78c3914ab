import { quantileOfSorted } from '../../../math/quantile.ts';

/** The upper tail of a statistic under chance: from `from` on, P(X ≥ x) = share · exp((from − x) / slope). */
export type Tail = { readonly from: number; readonly slope: number; readonly share: number };

const TAIL_SHARE = 0.01;
/** Smallest slope, before it is stretched: without it a table in which chance yields no twins would make evidence of a pair. */
const LEAST_SLOPE = 0.1;
/** Added to both medians, so that their ratio means nothing where both are small. */
const SMALL = 0.1;

/**
 * The tail of chance, from the statistic of made-up rows: exponential above its upper hundredth (Pickands 1975, with
 * shape 0). When the real rows' median is higher than that of the made-up ones, the made-up
 * table is too plain for this population, and the tail is stretched by their ratio: the empirical null (Efron 2004).
 */
export const fitTail = (real: Float32Array, made: Float32Array): Tail => {
  const sorted = Float64Array.from(made).sort();
  const stretch = Math.max(1, (medianOf(real) + SMALL) / (quantileOfSorted(sorted, 0.5) + SMALL));
  const from = quantileOfSorted(sorted, 1 - TAIL_SHARE);
  const above = sorted.filter((value) => value >= from);
  const excess = above.reduce((sum, value) => sum + value - from, 0) / Math.max(1, above.length);
  return { from: stretch * from, slope: stretch * Math.max(LEAST_SLOPE, excess), share: TAIL_SHARE };
};

const medianOf = (values: Float32Array): number => quantileOfSorted(Float64Array.from(values).sort(), 0.5);

/** log10 of the probability under chance of a value at least as high; 0 below the tail, where it says nothing. */
export const logChance = ({ from, slope, share }: Tail, value: number): number =>
  value <= from ? 0 : Math.log10(share) + (from - value) / slope / Math.LN10;
