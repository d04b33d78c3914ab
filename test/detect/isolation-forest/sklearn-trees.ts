import { emptyForest, type Forest } from '../../../core/detect/isolation-forest/index.ts';

/** Trees as scikit-learn holds them: −1 for a missing child, rows of the sample per node, and its own c(n). */
export type SklearnTrees = {
  readonly columns: number;
  readonly sampleSize: number;
  readonly trees: readonly {
    readonly feature: readonly number[];
    readonly threshold: readonly number[];
    readonly left: readonly number[];
    readonly right: readonly number[];
    readonly rows: readonly number[];
  }[];
  readonly c: Readonly<Record<string, number>>;
};

/** scikit-learn's trees in our layout, with its own c(n) in the leaves. */
export const importTrees = ({ columns, trees, sampleSize, c }: SklearnTrees): Forest => {
  const names = Array.from({ length: columns }, (_, j) => `f${j}`);
  const forest = emptyForest(names, trees.length, sampleSize);
  const size = 2 ** forest.depth;
  trees.forEach((tree, t) => {
    const place = (from: number, node: number, depth: number): void => {
      const left = tree.left[from] ?? -1;
      const rows = tree.rows[from] ?? 0;
      if (left < 0) {
        const width = 2 ** (forest.depth - depth);
        const first = t * size + node * width - size;
        forest.pathLength.fill(depth + (c[String(rows)] ?? Number.NaN), first, first + width);
        forest.cover[first] = rows;
        return;
      }
      forest.feature[t * size + node] = tree.feature[from] ?? 0;
      forest.threshold[t * size + node] = floor32(tree.threshold[from] ?? 0);
      place(left, 2 * node, depth + 1);
      place(tree.right[from] ?? -1, 2 * node + 1, depth + 1);
    };
    place(0, 1, 0);
  });
  return forest;
};

/** The largest float32 not above x: `v > x` and `v > floor32(x)` then agree for every float32 v. */
const floor32 = (x: number): number => {
  const near = Math.fround(x);
  if (near <= x) return near;
  const bits = new Int32Array(Float32Array.of(near).buffer);
  bits[0] = (bits[0] ?? 0) + (near > 0 ? -1 : 1);
  return new Float32Array(bits.buffer)[0] ?? Number.NaN;
};
