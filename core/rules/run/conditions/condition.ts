import type { Memory } from '../memory.ts';
import type { Rows } from '../rows.ts';

/** A condition of a rule with what it remembers of each group. Slots stand for groups of one view. */
export type ConditionState = {
  /** Begins with an empty slot. */
  open(slot: number): void;
  /** The reader's present event is in the slot's window. */
  add(slot: number, at: number): void;
  /** All events of a moment at which the slot had some were added. */
  settle?(slot: number, at: number): void;
  /** Whether it holds in the window that ends with this moment. */
  holds(slot: number, at: number): boolean;
  /** Forgets the slot. */
  close(slot: number): void;
};

/** Where a condition keeps what it remembers. */
export type Place = {
  /** How long a moment stays in the window, in µs; Infinity where a window is emptied as a whole. */
  readonly span: number;
  readonly memory: Memory;
  /** A row for each slot of the view. */
  readonly rows: Rows;
};
