import { classSizes, firstRows, refine, type Partition } from './partition.ts';
import type { SensitiveColumn } from './schema.ts';

/** How often each value occurs in each class, one entry per class and value that occurs there, in ascending order of class, then value. */
export type ValueCounts = {
  readonly parents: Uint32Array;
  readonly values: Uint32Array;
  readonly counts: Uint32Array;
  /** Per class. */
  readonly classSizes: Uint32Array;
};

/** Counts the values of a sensitive column in every class. Linear in the rows. */
export const valueCounts = (partition: Partition, { codes, width }: SensitiveColumn): ValueCounts => {
  const split = refine(partition, { codes, width });
  const rows = firstRows(split);
  const sizes = classSizes(split);
  const values = rows.map((row) => codes[row] ?? 0);
  const parents = rows.map((row) => partition.classOf[row] ?? 0);
  // Two stable counting sorts, the lesser key first.
  const byValue = countingOrder(values, Uint32Array.from(rows.keys()), width);
  const order = countingOrder(parents, byValue, partition.count);
  return {
    parents: order.map((i) => parents[i] ?? 0),
    values: order.map((i) => values[i] ?? 0),
    counts: order.map((i) => sizes[i] ?? 0),
    classSizes: classSizes(partition),
  };
};

const countingOrder = (keys: Uint32Array, order: Uint32Array, width: number): Uint32Array => {
  const starts = new Uint32Array(width + 1);
  for (const key of keys) starts[key + 1]!++; // keys lie below width
  for (let key = 0; key < width; key++) starts[key + 1]! += starts[key]!;
  const sorted = new Uint32Array(order.length);
  for (const i of order) sorted[starts[keys[i]!]!++] = i;
  return sorted;
};
