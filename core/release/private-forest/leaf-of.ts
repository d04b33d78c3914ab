import type { ForestSplits } from './grow.ts';

/** Columns of rows, in the order of the forest's features. NaN: missing. */
export type ForestColumns = readonly Float64Array[];

/** The leaf of tree `tree` that a row falls into: 0…2^depth − 1. A missing value goes below every threshold. */
export const leafOf = (
  splits: ForestSplits,
  depth: number,
  tree: number,
  columns: ForestColumns,
  row: number,
): number => {
  const inner = 2 ** depth - 1;
  const start = tree * inner;
  let node = 0;
  // hot: nodes of a complete tree, features of the settings
  while (node < inner) {
    const value = columns[splits.feature[start + node]!]![row]!;
    node = 2 * node + (value >= splits.threshold[start + node]! ? 2 : 1);
  }
  return node - inner;
};
