import type { Label, Leaves } from './schema.ts';

/**
 * Adds to every row the weights of its leaves. The labels give each leaf its weight: variance / trees times the sum of the
 * pulls of the labelled rows in it, so that a row gets variance · Σ pull · likeness.
 */
export const addLeafWeights = (
  into: Float64Array,
  { rows, trees, leavesPerTree, leaf }: Leaves,
  labels: readonly Label[],
  pull: Float64Array,
  variance: number,
): void => {
  if (labels.length === 0) return;
  const four = 4 * leavesPerTree;
  const weights = new Float64Array(four);
  // Hot loops: every leaf of every row; `!` on indices that the loops bound. Four trees at a time, to touch `into` less often.
  for (let tree = 0; tree < trees; tree += 4) {
    const together = Math.min(4, trees - tree);
    weights.fill(0);
    for (let t = 0; t < together; t++) {
      labels.forEach(({ row }, i) => {
        weights[t * leavesPerTree + leaf[(tree + t) * rows + row]!]! += (pull[i]! * variance) / trees;
      });
    }
    const a = tree * rows;
    if (together === 4) {
      const [b, c, d] = [a + rows, a + 2 * rows, a + 3 * rows];
      const [second, third, fourth] = [leavesPerTree, 2 * leavesPerTree, 3 * leavesPerTree];
      for (let row = 0; row < rows; row++) {
        into[row]! +=
          weights[leaf[a + row]!]! +
          weights[second + leaf[b + row]!]! +
          (weights[third + leaf[c + row]!]! + weights[fourth + leaf[d + row]!]!);
      }
    } else {
      for (let t = 0; t < together; t++) {
        for (let row = 0; row < rows; row++) into[row]! += weights[t * leavesPerTree + leaf[a + t * rows + row]!]!;
      }
    }
  }
};
