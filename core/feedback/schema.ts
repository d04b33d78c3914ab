/** A pause for long loops, which throws `cancelled` once the work is not wanted any more. */
export type Pace = () => Promise<void>;

/** What an analyst said about the actor at a row of the scored table. */
export type Label = { readonly row: number; readonly isAbuse: boolean };

/** One detector's word on every row: its tail rank, −log10(1 − rank), and its share in the score; the shares add up to 1. */
export type View = { readonly name: string; readonly tailRank: Float64Array; readonly weight: number };

/** What is thought of the rows before anybody looked: the score of the ranking without labels, in tail ranks, and its parts. */
export type Prior = { readonly score: Float64Array; readonly views: readonly View[] };

/** Into which leaf of each tree every row falls: row i of tree t at `leaf[t * rows + i]`, below `leavesPerTree`. */
export type Leaves = {
  readonly rows: number;
  readonly trees: number;
  readonly leavesPerTree: number;
  readonly leaf: Uint8Array;
};

/** A ranking that labels have changed. */
export type Feedback = {
  /** Log-odds of abuse by row, as far as score and labels tell. */
  readonly logOdds: Float64Array;
  /** The first rows of the ranking, from the one to look at next; rows with labels are left in their place. */
  readonly top: Uint32Array;
  /** All rows of the ranking, `top` first, then by log-odds. */
  readonly order: () => Uint32Array;
  /** What each view's tail rank counts now; its `weight` where nothing was said. */
  readonly viewWeights: Float64Array;
  /** Labels the ranking rests on: all, unless there are more than it can take. */
  readonly used: readonly Label[];
  /** Per used label how strongly it pulls the rows that resemble its own: above 0 towards abuse. */
  readonly pull: Float64Array;
};

/** A labelled row that another resembles: the share of trees in which they share a leaf, and what that adds to its log-odds. */
export type Because = {
  readonly row: number;
  readonly isAbuse: boolean;
  readonly likeness: number;
  readonly adds: number;
};
