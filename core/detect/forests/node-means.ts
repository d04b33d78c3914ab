import type { CutForest } from './cut-forest.ts';
import { leafSlot, leftChild, rootOf } from './nodes.ts';

const held = new WeakMap<CutForest, Float64Array>();

/**
 * Mean leaf value of the sample's rows under each node, leaves included: node i of tree t at
 * 2 · t · nodes + i. Made once per forest and kept as long as it.
 */
export const nodeMeans = (forest: CutForest): Float64Array => {
  const before = held.get(forest);
  if (before !== undefined) return before;
  const means = new Float64Array(2 * forest.trees * forest.nodes);
  for (let tree = 0; tree < forest.trees; tree++) writeMeans(forest, tree, rootOf(forest), 0, means);
  held.set(forest, means);
  return means;
};

/** Writes the means of a node and all below; the rows under it. */
const writeMeans = (forest: CutForest, tree: number, node: number, level: number, means: Float64Array): number => {
  const at = 2 * tree * forest.nodes + node;
  const left = leftChild(forest, tree, node, level);
  if (left < 0) {
    const slot = leafSlot(forest, tree, node, level);
    means[at] = forest.pathLength[slot] ?? 0;
    return forest.cover[slot] ?? 0;
  }
  const onLeft = writeMeans(forest, tree, left, level + 1, means);
  const onRight = writeMeans(forest, tree, left + 1, level + 1, means);
  const child = at - node + left;
  const [a, b] = [means[child] ?? 0, means[child + 1] ?? 0];
  means[at] = onLeft + onRight === 0 ? a : (a * onLeft + b * onRight) / (onLeft + onRight);
  return onLeft + onRight;
};
