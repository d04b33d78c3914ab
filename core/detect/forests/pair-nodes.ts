import type { CutForest } from './cut-forest.ts';

/** Whether every cut compares a sum of two numbers with a threshold. */
export const isInPairs = ({ terms, words }: CutForest): boolean => terms === 2 && words === 0;

/**
 * The nodes of a forest in pairs, each in one place: a walk that waits for memory waits once per node. Node s begins at
 * s · NODE_WORDS: two coefficients, two columns (FIRST, SECOND), the threshold (LIMIT), and twice the place of the left
 * child, plus 1 where a missing value goes right (NEXT). The right child is the next node.
 */
export type PairNodes = {
  /** Coefficients and thresholds. */
  readonly floats: Float32Array;
  /** The same memory: columns and children. */
  readonly words: Int32Array;
};

export const NODE_WORDS = 6;
export const FIRST = 2;
export const SECOND = 3;
export const LIMIT = 4;
export const NEXT = 5;

const held = new WeakMap<CutForest, PairNodes>();

/** Made at a forest's first use and kept as long as it: the forest must not be changed after that. */
export const pairNodesOf = (forest: CutForest): PairNodes => {
  const before = held.get(forest);
  if (before !== undefined) return before;
  const { trees, nodes, left, feature, coefficient, threshold, missingRight } = forest;
  const floats = new Float32Array(trees * nodes * NODE_WORDS);
  const words = new Int32Array(floats.buffer);
  // Hot loop: every node of the forest once, inside the arrays.
  for (let slot = 0; slot < trees * nodes; slot++) {
    const at = slot * NODE_WORDS;
    const child = slot - (slot % nodes) + left[slot]!;
    floats[at] = coefficient[2 * slot]!;
    floats[at + 1] = coefficient[2 * slot + 1]!;
    words[at + FIRST] = feature[2 * slot]!;
    words[at + SECOND] = feature[2 * slot + 1]!;
    floats[at + LIMIT] = threshold[slot]!;
    words[at + NEXT] = 2 * child * NODE_WORDS + missingRight[slot]!;
  }
  const made = { floats, words };
  held.set(forest, made);
  return made;
};
