import type { Matrix } from '../table/table.ts';
import type { Leaves, Pace } from './schema.ts';

/**
 * Complete trees of axis-parallel cuts in flat arrays, as an isolation forest keeps them: inner node i of tree t (root 1,
 * children 2i and 2i + 1) lies at t · 2^depth + i. At most 8 levels deep.
 */
export type Trees = {
  readonly trees: number;
  readonly depth: number;
  readonly feature: Uint16Array;
  readonly threshold: Float32Array;
  /** 1 where a missing value goes right. */
  readonly missingRight: Uint8Array;
};

/** The leaf of every row in every tree. Two rows share a leaf where no cut of the tree tells them apart. */
export const leavesOf = async (forest: Trees, { rows, columns, values }: Matrix, pace: Pace): Promise<Leaves> => {
  const { trees, depth, feature, threshold, missingRight } = forest;
  const size = 2 ** depth;
  const leaf = new Uint8Array(trees * rows);
  for (let tree = 0; tree < trees; tree++) {
    const base = tree * size;
    // Hot loop: `!` on indices that stay inside the tree's own slots.
    for (let row = 0; row < rows; row++) {
      let node = 1;
      for (let level = 0; level < depth; level++) {
        const value = values[row * columns + feature[base + node]!]!;
        const isRight = value === value ? value > threshold[base + node]! : missingRight[base + node] === 1;
        node = 2 * node + (isRight ? 1 : 0);
      }
      leaf[tree * rows + row] = node - size;
    }
    await pace();
  }
  return { rows, trees, leavesPerTree: size, leaf };
};
