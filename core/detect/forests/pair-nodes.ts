import { instantiate } from '../../wasm/index.ts';
import type { CutForest } from './cut-forest.ts';
import { FIRST, LIMIT, NEXT, NODE_WORDS, SECOND, WORD_BYTES } from './pair-layout.ts';
import { pairWalkModule, TREES_TOGETHER, type PairWalk } from './pair-walk.ts';

/** Whether every cut compares a sum of two numbers with a threshold. */
export const isInPairs = ({ terms, words }: CutForest): boolean => terms === 2 && words === 0;

/** The nodes of a forest, each in one place (`pair-layout.ts`): a walk that waits for memory waits once per node. */
export type PairNodes = {
  /** Coefficients and thresholds. */
  readonly floats: Float32Array;
  /** The same memory: columns and children. */
  readonly words: Int32Array;
  /** Room for BLOCK_ROWS rows in the same memory, and for the leaves they reach. */
  readonly rows: Float32Array;
  readonly leaves: Int32Array;
  readonly walk: PairWalk;
};

/** Rows worked on together: they stay beside a few trees in a core's cache. */
export const BLOCK_ROWS = 512;

const held = new WeakMap<CutForest, PairNodes>();

/** Made at a forest's first use and kept as long as it: the forest must not be changed after that. */
export const pairNodesOf = (forest: CutForest): PairNodes => {
  const before = held.get(forest);
  if (before !== undefined) return before;
  const { trees, nodes, left, feature, coefficient, threshold, missingRight } = forest;
  const nodeWords = trees * nodes * NODE_WORDS;
  const rowWords = BLOCK_ROWS * forest.names.length;
  const leafWords = BLOCK_ROWS * TREES_TOGETHER;
  const bytes = (nodeWords + rowWords + leafWords) * WORD_BYTES;
  const { run, buffer } = instantiate('walk in pairs', pairWalkModule, bytes);
  const floats = new Float32Array(buffer, 0, nodeWords);
  const words = new Int32Array(buffer, 0, nodeWords);
  // Hot loop: every node of the forest once, inside the arrays.
  for (let slot = 0; slot < trees * nodes; slot++) {
    const at = slot * NODE_WORDS;
    const child = slot - (slot % nodes) + left[slot]!;
    floats[at] = coefficient[2 * slot]!;
    floats[at + 1] = coefficient[2 * slot + 1]!;
    words[at + FIRST] = WORD_BYTES * feature[2 * slot]!;
    words[at + SECOND] = WORD_BYTES * feature[2 * slot + 1]!;
    floats[at + LIMIT] = threshold[slot]!;
    words[at + NEXT] = 2 * child * NODE_WORDS * WORD_BYTES + missingRight[slot]!;
  }
  const made: PairNodes = {
    floats,
    words,
    rows: new Float32Array(buffer, nodeWords * WORD_BYTES, rowWords),
    leaves: new Int32Array(buffer, (nodeWords + rowWords) * WORD_BYTES, leafWords),
    walk: run,
  };
  held.set(forest, made);
  return made;
};
