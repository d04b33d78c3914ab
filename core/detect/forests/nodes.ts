import { isPlain, type CutForest } from './cut-forest.ts';

/** Number of a tree's root. */
export const rootOf = (forest: CutForest): number => (isPlain(forest) ? 1 : 0);

/** Number of a node's left child, whose right sibling is the next; −1 for a leaf. `level` is the node's depth. */
export const leftChild = (forest: CutForest, tree: number, node: number, level: number): number => {
  const slot = tree * forest.nodes + node;
  if (!isPlain(forest)) {
    const left = forest.left[slot] ?? node;
    return left === node ? -1 : left;
  }
  return level === forest.depth || forest.threshold[slot] === Number.POSITIVE_INFINITY ? -1 : 2 * node;
};

/** Where a leaf's value and cover lie. */
export const leafSlot = (forest: CutForest, tree: number, node: number, level: number): number => {
  if (!isPlain(forest)) return tree * forest.nodes + node;
  return tree * forest.nodes + node * 2 ** (forest.depth - level) - forest.nodes;
};
