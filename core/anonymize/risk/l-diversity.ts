import type { Partition } from './partition.ts';
import type { SensitiveColumn } from './schema.ts';
import { valueCounts } from './value-counts.ts';

export type LDiversity = {
  /** Fewest different values in a class. */
  readonly distinct: number;
  /** exp of the least entropy in a class: the table is entropy l-diverse for every l up to it. */
  readonly entropy: number;
  /** Share of the actors in classes where all have the same value: who finds the class learns the value. */
  readonly homogeneous: number;
};

/**
 * Distinct and entropy l-diversity of one sensitive column (Machanavajjhala et al. 2007): a class is entropy l-diverse if
 * −Σ p log p ≥ log l over its values. A missing value counts as a value. Several sensitive columns are judged one by one.
 */
export const lDiversity = (partition: Partition, sensitive: SensitiveColumn): LDiversity => {
  const { parents, counts, classSizes } = valueCounts(partition, sensitive);
  const distinct = new Uint32Array(partition.count);
  const entropy = new Float64Array(partition.count);
  // One entry per class and value; within bounds by construction.
  for (let i = 0; i < parents.length; i++) {
    const parent = parents[i]!;
    const p = counts[i]! / classSizes[parent]!;
    distinct[parent]!++;
    entropy[parent]! -= p * Math.log(p);
  }
  let fewest = partition.count === 0 ? 0 : Infinity;
  let least = partition.count === 0 ? -Infinity : Infinity;
  let homogeneous = 0;
  for (let parent = 0; parent < partition.count; parent++) {
    fewest = Math.min(fewest, distinct[parent]!);
    least = Math.min(least, entropy[parent]!);
    if (distinct[parent] === 1) homogeneous += classSizes[parent]!;
  }
  const rows = partition.classOf.length;
  return { distinct: fewest, entropy: Math.exp(least), homogeneous: rows === 0 ? 0 : homogeneous / rows };
};
