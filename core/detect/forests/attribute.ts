import type { Watch } from '../../api/progress.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import type { CutForest } from './cut-forest.ts';
import { nodeMeans } from './node-means.ts';
import { leftChild, rootOf } from './nodes.ts';
import { leafUnit } from './score.ts';
import { goesRight } from './walk.ts';

/**
 * Per row and feature, how much it lowers the row's expected leaf value, in units of c(ψ) (nats for
 * log densities): at each node of a walk the change of the sample's mean below is credited to the
 * features of the cut (path attribution of Saabas 2014 and Palczewska et al. 2013). Features
 * of one cut share its credit in proportion to |coefficient · value|, values being centred on the typical
 * one by the scaling; missing ones take it all. Rows × columns, row by row; positive makes the row odder; a row adds up
 * to (mean leaf value of the sample − its own) / unit. The order of cuts along a path biases single
 * trees; over trees with random cuts it averages out.
 */
export const attributeCutForest = async (
  forest: CutForest,
  matrix: Matrix,
  watch: Watch = {},
): Promise<Float64Array> => {
  const { rows, columns, values } = matrix;
  const { nodes, terms, feature } = forest;
  const root = rootOf(forest);
  const means = nodeMeans(forest);
  const credit = new Float64Array(rows * columns);
  const unit = 1 / (forest.trees * leafUnit(forest));
  const pace = makePace(watch);
  for (let row = 0; row < rows; row++) {
    const base = row * columns;
    // Hot loop: all indices inside the tree's own slots, hence `!`.
    for (let tree = 0; tree < forest.trees; tree++) {
      const first = tree * nodes;
      let node = root;
      let mean = means[2 * first + node]!;
      for (let level = 0; ; level++) {
        const left = leftChild(forest, tree, node, level);
        if (left < 0) break;
        const slot = first + node;
        node = left + (goesRight(forest, slot, values, base) ? 1 : 0);
        const next = means[2 * first + node]!;
        if (terms === 1) credit[base + feature[slot]!]! += (mean - next) * unit;
        else share(forest, slot, values, base, (mean - next) * unit, credit);
        mean = next;
      }
    }
    await pace();
  }
  return credit;
};

/** Splits an amount among the features of a cut. */
const share = (
  forest: CutForest,
  slot: number,
  values: Float32Array,
  base: number,
  amount: number,
  credit: Float64Array,
): void => {
  const { terms, feature, coefficient, levels } = forest;
  const from = slot * terms;
  const to = from + terms;
  if (levels[feature[from]!]! > 0) {
    credit[base + feature[from]!]! += amount;
    return;
  }
  let missing = 0;
  let total = 0;
  for (let t = from; t < to; t++) {
    const part = Math.abs(coefficient[t]! * values[base + feature[t]!]!);
    if (part === part) total += part;
    else missing++;
  }
  for (let t = from; t < to; t++) {
    const part = Math.abs(coefficient[t]! * values[base + feature[t]!]!);
    if (missing > 0) credit[base + feature[t]!]! += part === part ? 0 : amount / missing;
    else credit[base + feature[t]!]! += total > 0 ? (amount * part) / total : amount / terms;
  }
};
