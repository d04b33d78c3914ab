import type { Partition } from './partition.ts';
import type { SensitiveColumn } from './schema.ts';
import { valueCounts, type ValueCounts } from './value-counts.ts';

export type TCloseness = {
  /** Largest distance of a class: the table is t-close for this t and no smaller. */
  readonly largest: number;
  /** Mean over actors of the distance of their class. */
  readonly mean: number;
  readonly distance: 'ordered' | 'equal';
};

/**
 * t-closeness of one sensitive column (Li, Li & Venkatasubramanian 2007): the earth mover's distance between the values in
 * a class and those of the whole table. Categories are all equally far apart: ½ Σ |p − q|. Of m ordered values,
 * neighbours are 1 / (m − 1) apart: Σᵢ |Σ_{j ≤ i} (p_j − q_j)| / (m − 1).
 */
export const tCloseness = (partition: Partition, sensitive: SensitiveColumn): TCloseness => {
  const counts = valueCounts(partition, sensitive);
  const rows = partition.classOf.length;
  const whole = new Float64Array(sensitive.width);
  for (const code of sensitive.codes) whole[code]! += 1 / rows; // codes lie below width
  const distance = sensitive.isOrdered ? orderedDistance(whole) : equalDistance(whole);
  let largest = 0;
  let weighted = 0;
  for (let from = 0; from < counts.parents.length;) {
    const parent = counts.parents[from] ?? 0;
    let to = from + 1;
    while (to < counts.parents.length && counts.parents[to] === parent) to++;
    const size = counts.classSizes[parent] ?? 0;
    const d = distance(counts, from, to, size);
    largest = Math.max(largest, d);
    weighted += d * size;
    from = to;
  }
  return { largest, mean: rows === 0 ? 0 : weighted / rows, distance: sensitive.isOrdered ? 'ordered' : 'equal' };
};

/** Distance of the class whose values are the entries from…to. */
type Distance = (counts: ValueCounts, from: number, to: number, size: number) => number;

const equalDistance =
  (whole: Float64Array): Distance =>
  ({ values, counts }, from, to, size) => {
    let apart = 0;
    let met = 0;
    for (let i = from; i < to; i++) {
      const q = whole[values[i]!]!; // within bounds by construction
      apart += Math.abs(counts[i]! / size - q);
      met += q;
    }
    return (apart + Math.max(0, 1 - met)) / 2;
  };

/** Values that the table does not hold take no part: m counts those that occur. */
const orderedDistance = (whole: Float64Array): Distance => {
  const place = new Uint32Array(whole.length);
  const cumulative: number[] = [];
  let reached = 0;
  whole.forEach((q, value) => {
    place[value] = cumulative.length;
    if (q > 0) cumulative.push((reached += q));
  });
  const m = cumulative.length;
  const sums = new Float64Array(m + 1);
  cumulative.forEach((q, i) => {
    sums[i + 1] = (sums[i] ?? 0) + q;
  });
  /** Σ |share − cumulative[i]| over from ≤ i < to; the cumulative shares ascend. */
  const apart = (share: number, from: number, to: number): number => {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (cumulative[middle]! < share) low = middle + 1;
      else high = middle;
    }
    const below = share * (low - from) - (sums[low]! - sums[from]!);
    return below + (sums[to]! - sums[low]!) - share * (to - low);
  };
  return ({ values, counts }, from, to, size) => {
    if (m < 2) return 0;
    let total = apart(0, 0, place[values[from]!]!);
    let share = 0;
    for (let i = from; i < to; i++) {
      share += counts[i]! / size;
      total += apart(share, place[values[i]!]!, i + 1 < to ? place[values[i + 1]!]! : m);
    }
    return total / (m - 1);
  };
};
