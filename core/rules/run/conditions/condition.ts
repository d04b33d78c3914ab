import type { Memory } from '../memory.ts';
import type { Rows } from '../rows.ts';
import type { Moments, Run } from '../run.ts';

/** How a condition takes in events later than they came: it reads them when they come, and is told then what it read. */
export type Deferred = {
  /** What each event of the run says to it, as a whole number of 32 bits, written into `to`. */
  read(run: Run, to: Int32Array): void;
  /** So many events, of which it read this, from one place on and the latest first, are in the window of their slot. */
  take(slot: number, times: Float64Array, told: Int32Array, first: number, count: number): void;
};

/** A condition of a rule with what it remembers of each group. Slots stand for groups of one view. */
export type ConditionState = {
  /** Begins with an empty slot. */
  open(slot: number): void;
  /** These events are in the windows of their slots. */
  add(run: Run): void;
  /** The same later; not there where a condition must see events as they come. */
  readonly deferred?: Deferred;
  /** All events of these moments of slots were added. */
  settle?(moments: Moments, count: number): void;
  /**
   * Writes those slots into `to` in whose windows that end with their moments it holds, and says how many. Both may be the
   * same.
   */
  keep(from: Moments, count: number, to: Moments): number;
  /** Forgets the slot. */
  close(slot: number): void;
  /** Asks for what it keeps numbers of to be kept for this long. */
  ask?(span: number): void;
  /** Whether it holds until the end of a window that is emptied as a whole, once it holds in it. */
  readonly isLasting: boolean;
};

/** Where a condition keeps what it remembers. */
export type Place = {
  /** How long a moment stays in the window, in µs; Infinity where a window is emptied as a whole. */
  readonly span: number;
  readonly memory: Memory;
  /** A row for each slot of the view. */
  readonly rows: Rows;
};
