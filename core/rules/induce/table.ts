import { either, emptySet, type Bitset } from './bitset.ts';
import type { Codes, Conjunction, Literal } from './codes.ts';

/** What rules are learned on. */
export type Table = {
  readonly codes: Codes;
  /** 1 for a positive. */
  readonly labels: Uint8Array;
  /** Per column which of its cuts may be used. */
  readonly usable: readonly Uint8Array[];
  /** Per column the direction that needs no strong evidence. */
  readonly worse: readonly ('high' | 'low' | 'both')[];
  /** Per column the window it is measured in, and 0 for none: a rule looks through one window only, and for much, never for little. */
  readonly windows: Uint8Array;
  /** ln 1 … ln rows; 0 at 0. */
  readonly logs: Float64Array;
};

export type Growth = {
  readonly mostConditions: number;
  readonly beamWidth: number;
  readonly beta: number;
  /** Positives and rows that a rule has to add. */
  readonly minPositives: number;
  readonly minRows: number;
};

/** What the rules found before reach, and whom they leave. */
export type Left = {
  readonly rows: Uint32Array;
  /** These rows by column, bin and label, where they are counted already (`counted`). */
  readonly histogram?: Int32Array;
  readonly truePositives: number;
  readonly falsePositives: number;
  /** All positives, found before or not. */
  readonly positives: number;
};

/** A rule, and the worth of all rules with it. */
export type Grown = { readonly rule: Conjunction; readonly worth: number };

/** A rule that is carried on: whom it hits of those left. */
export type Node = {
  readonly rule: Conjunction;
  /** The positives first. */
  readonly rows: Uint32Array;
  readonly positives: number;
  readonly negatives: number;
  readonly worth: number;
  readonly window: number;
  /** Its rows by column, bin and label (`counted`). */
  readonly histogram: Int32Array;
};

/** A rule and one more condition. */
export type Candidate = Omit<Node, 'rows' | 'rule' | 'histogram'> & {
  readonly parent: Node;
  readonly literal: Literal;
};

/** A rule, and every row of the table that it hits. */
export type Learned = { readonly rule: Conjunction; readonly hits: Bitset };

/** The rows that any of these rules hits. */
export const unionOf = (list: readonly Learned[], rows: number): Bitset =>
  list.reduce((union, { hits }) => either(union, hits), emptySet(rows));
