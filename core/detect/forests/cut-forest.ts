import type { Forest } from '../isolation-forest/forest.ts';

/**
 * A forest whose cuts may combine columns or part the levels of a category. Where each cut compares
 * one number, slots and leaves lie as in `Forest`. Else tree t owns slots [t·nodes, (t + 1)·nodes),
 * its node i (root 0) lies at t·nodes + i, and a leaf has its value and cover at its own slot.
 * Slot s has `terms` entries in `feature` and `coefficient` from s·terms. A row goes right when its
 * projection, Σ coefficient · value rounded to float32, is above the threshold; when that is not a
 * number (any value in it is missing), the row goes where the slot remembers.
 */
export type CutForest = Forest & {
  /** Name of the recipe it was grown by. */
  readonly recipe: string;
  /** Slots of a tree. */
  readonly nodes: number;
  /** Per slot the number of the left child (right is next), a leaf's own. Empty in the layout of `Forest`. */
  readonly left: Int32Array;
  /** Columns a cut combines; 1: the value itself, and `coefficient` is empty. */
  readonly terms: number;
  readonly coefficient: Float32Array;
  /** Per column the number of levels of a category, 0 for a number. */
  readonly levels: readonly number[];
  /** 32-bit words per slot of `levelsRight`; 0 where no column is a category. */
  readonly words: number;
  /** Slot s, whose first feature is a category: bit l from word s·words says that level l goes right. */
  readonly levelsRight: Int32Array;
};

/** What a forest is made for: columns, levels, trees, rows per tree and the deepest a leaf may lie. */
export type ForestShape = {
  readonly recipe: string;
  readonly names: readonly string[];
  readonly levels: readonly number[];
  readonly terms: number;
  readonly trees: number;
  readonly sampleSize: number;
  readonly depth: number;
};

/** The arrays of a forest, each as long for every tree: what is saved, joined and sent. */
export const FOREST_ARRAYS = [
  'left',
  'feature',
  'coefficient',
  'threshold',
  'missingRight',
  'pathLength',
  'cover',
  'levelsRight',
] as const satisfies readonly (keyof CutForest)[];

/** A forest of the given shape without any cut, on memory that workers can share. */
export const emptyCutForest = (shape: ForestShape): CutForest => {
  const { recipe, names, levels, terms, trees, sampleSize, depth } = shape;
  const words = wordsOf(shape);
  const complete = terms === 1 && words === 0;
  const nodes = nodesOf(shape);
  const slots = trees * nodes;
  return {
    recipe,
    names,
    trees,
    depth,
    sampleSize,
    terms,
    levels,
    words,
    nodes,
    left: noChildren(complete ? 0 : slots, nodes),
    feature: new Uint16Array(new SharedArrayBuffer(slots * terms * 2)),
    threshold: new Float32Array(new SharedArrayBuffer(slots * 4)).fill(Number.POSITIVE_INFINITY),
    missingRight: new Uint8Array(new SharedArrayBuffer(slots)),
    pathLength: new Float64Array(new SharedArrayBuffer(slots * 8)),
    cover: new Uint16Array(new SharedArrayBuffer(slots * 2)),
    coefficient: new Float32Array(new SharedArrayBuffer(terms === 1 ? 0 : slots * terms * 4)),
    levelsRight: new Int32Array(new SharedArrayBuffer(slots * words * 4)),
  };
};

/** Words of 32 levels that tell which levels of a category go right. */
const wordsOf = ({ levels }: ForestShape): number =>
  Math.ceil(levels.reduce((most, count) => Math.max(most, count), 0) / 32);

/** Room for the nodes of one tree: a complete one where every cut compares one number with a threshold. */
export const nodesOf = (shape: ForestShape): number =>
  shape.terms === 1 && wordsOf(shape) === 0 ? 2 ** shape.depth : 2 * shape.sampleSize - 1;

/** Children of trees without any cut: every node is its own. */
const noChildren = (slots: number, nodes: number): Int32Array => {
  const left = new Int32Array(new SharedArrayBuffer(slots * 4));
  for (let slot = 0; slot < slots; slot++) left[slot] = slot % nodes;
  return left;
};

/** Whether it is a plain forest: complete trees in which every cut compares one number with a threshold. */
export const isPlain = (forest: CutForest): boolean => forest.terms === 1 && forest.words === 0;

/** A plain forest as one that says how it was grown. */
export const plainCutForest = (forest: Forest, recipe: string): CutForest => ({
  ...forest,
  recipe,
  nodes: 2 ** forest.depth,
  left: new Int32Array(0),
  terms: 1,
  coefficient: new Float32Array(0),
  levels: forest.names.map(() => 0),
  words: 0,
  levelsRight: new Int32Array(0),
});
