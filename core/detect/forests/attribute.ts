import type { Watch } from '../../api/progress.ts';
import type { Matrix } from '../../table/table.ts';
import { makePace } from '../pace.ts';
import { isPlain, type CutForest } from './cut-forest.ts';
import { nodeMeans } from './node-means.ts';
import { leftChild, rootOf } from './nodes.ts';
import { FIRST, LIMIT, NEXT, NODE_WORDS, SECOND, WORD_BYTES } from './pair-layout.ts';
import { isInPairs, pairNodesOf } from './pair-nodes.ts';
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
  const credit = new Float64Array(rows * columns);
  const walk = walkOf(forest);
  const means = nodeMeans(forest);
  const pace = makePace(watch);
  for (let row = 0; row < rows; row++) {
    walk(forest, means, values, row * columns, credit);
    await pace();
  }
  return credit;
};

/** Credits a row's walks through all trees; the row's values and its credit begin at `base`. */
type Walk = (forest: CutForest, means: Float64Array, values: Float32Array, base: number, credit: Float64Array) => void;

const walkOf = (forest: CutForest): Walk => {
  if (isPlain(forest)) return walkPlain;
  return isInPairs(forest) ? walkPairs : walkAny;
};

const unitOf = (forest: CutForest): number => 1 / (forest.trees * leafUnit(forest));

// Hot loops, here and below: all indices inside the tree's own slots, hence `!`.
const walkPlain: Walk = (forest, means, values, base, credit) => {
  const { trees, nodes, depth, feature, threshold, missingRight } = forest;
  const unit = unitOf(forest);
  for (let tree = 0; tree < trees; tree++) {
    const first = tree * nodes;
    let node = 1;
    let mean = means[2 * first + 1]!;
    for (let level = 0; level < depth; level++) {
      const limit = threshold[first + node]!;
      if (limit === Number.POSITIVE_INFINITY) break;
      const column = base + feature[first + node]!;
      const value = values[column]!;
      const right = value === value ? +(value > limit) : missingRight[first + node]!;
      node = 2 * node + right;
      const next = means[2 * first + node]!;
      credit[column]! += (mean - next) * unit;
      mean = next;
    }
  }
};

/** As `share` for two numbers. */
const walkPairs: Walk = (forest, means, values, base, credit) => {
  const { trees, nodes } = forest;
  const { floats, words } = pairNodesOf(forest);
  const unit = unitOf(forest);
  for (let tree = 0; tree < trees; tree++) {
    const first = tree * nodes;
    let at = first * NODE_WORDS;
    let mean = means[2 * first]!;
    for (;;) {
      const link = words[at + NEXT]!;
      const left = (link >> 1) / WORD_BYTES;
      if (left === at) break;
      const one = base + words[at + FIRST]! / WORD_BYTES;
      const two = base + words[at + SECOND]! / WORD_BYTES;
      const a = floats[at]! * values[one]!;
      const b = floats[at + 1]! * values[two]!;
      const sum = Math.fround(a + b);
      at = left + NODE_WORDS * (+(sum > floats[at + LIMIT]!) | (+(sum !== sum) & link));
      const next = means[first + at / NODE_WORDS]!;
      const amount = (mean - next) * unit;
      mean = next;
      const p = Math.abs(a);
      const q = Math.abs(b);
      const total = p + q;
      if (total === total) {
        credit[one]! += total > 0 ? (amount * p) / total : amount / 2;
        credit[two]! += total > 0 ? (amount * q) / total : amount / 2;
      } else if (q === q) credit[one]! += amount;
      else if (p === p) credit[two]! += amount;
      else {
        credit[one]! += amount / 2;
        credit[two]! += amount / 2;
      }
    }
  }
};

const walkAny: Walk = (forest, means, values, base, credit) => {
  const { trees, nodes, terms, feature } = forest;
  const root = rootOf(forest);
  const unit = unitOf(forest);
  for (let tree = 0; tree < trees; tree++) {
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
