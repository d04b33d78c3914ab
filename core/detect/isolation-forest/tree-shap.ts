import type { Watch } from '../../api/progress.ts';
import { gaussLegendre } from './gauss-legendre.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import { averagePathLength, type Forest } from './forest.ts';

/**
 * Exact Shapley values of each feature for the expected path length, as a share of c(ψ), where a feature left out sends
 * a row down both sides in proportion to the sample's rows there (path-dependent TreeSHAP, Lundberg et al. 2020). Rows ×
 * columns, row by row; positive makes the row odder. A row's values add up to (mean path of the sample − E[h(x)]) / c(ψ).
 * A leaf's game is a product over the features of its path, so that a feature's Shapley value is the integral over
 * t in (0, 1) of that product's derivative along the diagonal (Owen 1972): a polynomial of a degree below the depth,
 * which Gauss–Legendre quadrature of ⌈depth / 2⌉ nodes integrates exactly. One walk of each tree gives all features (the
 * bottom-up sums of Yu et al. 2022): nodes × ⌈depth / 2⌉ steps per tree and row.
 */
export const treeShap = async (forest: Forest, matrix: Matrix, watch: Watch = {}): Promise<Float64Array> => {
  const { rows, columns, values } = matrix;
  const walk = makeWalk(forest, columns);
  const credit = new Float64Array(rows * columns);
  const unit = -1 / (forest.trees * Math.max(averagePathLength(forest.sampleSize), 1));
  const pace = makePace(watch);
  for (let row = 0; row < rows; row++) {
    const own = credit.subarray(row * columns, (row + 1) * columns);
    const x = values.subarray(row * columns, (row + 1) * columns);
    for (let tree = 0; tree < forest.trees; tree++) walk(tree, x, own);
    for (let j = 0; j < columns; j++) own[j] = (own[j] ?? 0) * unit;
    await pace();
  }
  return credit;
};

/** Adds one tree's Shapley values of one row, in units of path length. */
type Walk = (tree: number, x: Float32Array, credit: Float64Array) => void;

// Hot loops: every index lies in the tree's own slots or in the path's levels, hence `!`.
const makeWalk = (forest: Forest, columns: number): Walk => {
  const { depth, feature, threshold, missingRight, pathLength } = forest;
  const size = 2 ** depth;
  const counts = nodeCounts(forest);
  const { nodes, weights } = gaussLegendre(Math.ceil(depth / 2));
  const points = nodes.length;
  // Per level of the path: the edge into its node. Level 0 is the root and has no edge.
  const present = new Float64Array(depth + 1); // 1 when the row takes every split on this edge's feature so far
  const share = new Float64Array(depth + 1); // the sample's share of those splits
  const product = new Float64Array((depth + 1) * points);
  const below = new Float64Array((depth + 1) * points);
  const lastLevel = new Uint8Array(columns);
  let x: Float32Array = new Float32Array(0);
  let credit: Float64Array = new Float64Array(0);
  let slot = 0;

  const visit = (node: number, level: number): void => {
    const at = level * points;
    if (level === depth || threshold[slot + node] === Number.POSITIVE_INFINITY) {
      const length = pathLength[slot + node * 2 ** (depth - level) - size]!;
      for (let q = 0; q < points; q++) below[at + q] = length * product[at + q]!;
      return;
    }
    const column = feature[slot + node]!;
    const value = x[column]!;
    const right = value === value ? value > threshold[slot + node]! : missingRight[slot + node] === 1;
    for (let q = 0; q < points; q++) below[at + q] = 0;
    descend(2 * node, node, level + 1, column, right ? 0 : 1);
    descend(2 * node + 1, node, level + 1, column, right ? 1 : 0);
  };

  const descend = (child: number, node: number, level: number, column: number, taken: number): void => {
    const total = counts[2 * slot + node]!;
    const before = lastLevel[column]!;
    const o1 = before > 0 ? present[before]! : 1;
    const z1 = before > 0 ? share[before]! : 1;
    const o = o1 * taken;
    const z = total > 0 ? (z1 * counts[2 * slot + child]!) / total : 0;
    if (o === 0 && z === 0) return;
    const at = level * points;
    present[level] = o;
    share[level] = z;
    for (let q = 0; q < points; q++) {
      const t = nodes[q]!;
      product[at + q] = (product[at - points + q]! * (z + t * (o - z))) / (z1 + t * (o1 - z1));
    }
    lastLevel[column] = level;
    visit(child, level);
    lastLevel[column] = before;
    let sum = 0;
    for (let q = 0; q < points; q++) {
      const t = nodes[q]!;
      const gain = (o - z) / (z + t * (o - z)) - (o1 - z1) / (z1 + t * (o1 - z1));
      sum += weights[q]! * below[at + q]! * gain;
      below[at - points + q]! += below[at + q]!;
    }
    credit[column]! += sum;
  };

  product.fill(1, 0, points);
  return (tree, row, own) => {
    slot = tree * size;
    x = row;
    credit = own;
    visit(1, 0);
  };
};

/** Rows of the sample under each node, leaves included: 2·size per tree. */
const nodeCounts = ({ trees, depth, cover }: Forest): Float64Array => {
  const size = 2 ** depth;
  const counts = new Float64Array(2 * trees * size);
  for (let tree = 0; tree < trees; tree++) {
    const from = 2 * tree * size;
    for (let leaf = 0; leaf < size; leaf++) counts[from + size + leaf] = cover[tree * size + leaf]!;
    for (let node = size - 1; node >= 1; node--) {
      counts[from + node] = counts[from + 2 * node]! + counts[from + 2 * node + 1]!;
    }
  }
  return counts;
};
