import { leafSlot, leftChild, rootOf, type CutForest } from '../forests/index.ts';
import type { Attribute } from './graph.ts';

/** The attributes of an ai.onnx.ml TreeEnsembleRegressor. */
export type TreeNodes = {
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Slot of the forest of each cut, in the order of its number. */
  readonly slots: readonly number[];
};

/**
 * The trees of a forest without closed branches, leaf values divided by `unit`. A cut's feature is
 * its column, or with `byCut` its own number. Left is the true branch: at or below the threshold.
 */
export const treeNodes = (forest: CutForest, unit: number, byCut: boolean): TreeNodes => {
  const { trees, terms, feature, threshold, missingRight, pathLength } = forest;
  const slots: number[] = [];
  const tree: number[] = [];
  const id: number[] = [];
  const column: number[] = [];
  const mode: string[] = [];
  const value: number[] = [];
  const left: number[] = [];
  const right: number[] = [];
  const missingLeft: number[] = [];
  const leafTree: number[] = [];
  const leafId: number[] = [];
  const weight: number[] = [];

  /** Writes the node and all below, depth first; its number in the tree. */
  const write = (t: number, node: number, level: number, next: { id: number }): number => {
    const own = next.id++;
    const at = id.length;
    const slot = t * forest.nodes + node;
    const child = leftChild(forest, t, node, level);
    const isLeaf = child < 0;
    tree.push(t);
    id.push(own);
    mode.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ');
    column.push(isLeaf ? 0 : byCut ? slots.length : (feature[slot * terms] ?? 0));
    value.push(isLeaf ? 0 : (threshold[slot] ?? 0));
    left.push(0);
    right.push(0);
    missingLeft.push(isLeaf || missingRight[slot] === 1 ? 0 : 1);
    if (isLeaf) {
      leafTree.push(t);
      leafId.push(own);
      weight.push((pathLength[leafSlot(forest, t, node, level)] ?? 0) / unit);
      return own;
    }
    slots.push(slot);
    left[at] = write(t, child, level + 1, next);
    right[at] = write(t, child + 1, level + 1, next);
    return own;
  };

  for (let t = 0; t < trees; t++) write(t, rootOf(forest), 0, { id: 0 });
  return {
    slots,
    attributes: {
      n_targets: { integer: 1 },
      nodes_treeids: { integers: tree },
      nodes_nodeids: { integers: id },
      nodes_featureids: { integers: column },
      nodes_modes: { texts: mode },
      nodes_values: { floats: value },
      nodes_truenodeids: { integers: left },
      nodes_falsenodeids: { integers: right },
      nodes_missing_value_tracks_true: { integers: missingLeft },
      target_treeids: { integers: leafTree },
      target_nodeids: { integers: leafId },
      target_ids: { integers: leafId.map(() => 0) },
      target_weights: { floats: weight },
    },
  };
};
