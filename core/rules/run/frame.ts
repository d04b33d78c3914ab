import { microsOf } from '../duration.ts';
import type { Window } from '../schema.ts';
import { compileCondition, type ConditionContext, type WindowCondition } from './compile-condition.ts';
import type { ConditionState } from './conditions/condition.ts';
import { addWord } from './rows.ts';

/** Told of a slot that must be looked at: at its moment, or at the start of its tumbling window. */
export type Look = (slot: number, at: number) => void;

/** One kind of window over the groups of a view, with what conditions remember in it. */
export type Frame = {
  readonly kind: Window['kind'];
  /** How long after its latest event a slot can still matter, in µs. */
  readonly length: number;
  /** A condition of this window; the same one is kept once. Only before the first event. */
  condition(of: WindowCondition): ConditionState;
  conditions(): readonly ConditionState[];
  /** Begins with a slot. */
  open(slot: number): void;
  /** A tumbling window has an event of this slot at a moment. */
  enter(slot: number, at: number): void;
  /** The end of the tumbling window that is open; Infinity where none is. */
  windowEnd(): number;
  /** Ends that window: looks at each slot in it. */
  endWindow(look: Look): void;
  /** Forgets a slot. */
  close(slot: number): void;
};

export const createFrame = (window: Window, context: Omit<ConditionContext, 'span'>): Frame => {
  const { rows } = context;
  const length = window.kind === 'event' ? 0 : microsOf(window.length);
  const span = window.kind === 'sliding' ? length : Infinity;
  const isTumbling = window.kind === 'tumbling';
  const states = new Map<string, ConditionState>();
  let conditions: readonly ConditionState[] = [];
  /** The slots of the tumbling window that is open. */
  let inside: number[] = [];
  /** Whether a slot is one of them, in its row. */
  const isInside = isTumbling ? addWord(rows) : 0;
  let start = 0;

  const close = (slot: number): void => {
    for (const condition of conditions) condition.close(slot);
  };
  const open = (slot: number): void => {
    for (const condition of conditions) condition.open(slot);
    if (isTumbling) rows.ints[slot * rows.words + isInside] = 0;
  };

  return {
    kind: window.kind,
    length,
    conditions: () => conditions,
    open,
    close,
    condition: (of) => {
      const key = JSON.stringify(of);
      const known = states.get(key);
      if (known !== undefined) return known;
      const made = compileCondition(of, { ...context, span });
      states.set(key, made);
      conditions = [...conditions, made];
      return made;
    },
    enter: (slot, at) => {
      if (rows.ints[slot * rows.words + isInside] === 1) return;
      rows.ints[slot * rows.words + isInside] = 1;
      inside.push(slot);
      start = Math.floor(at / length) * length;
    },
    windowEnd: () => (inside.length > 0 ? start + length : Infinity),
    endWindow: (look) => {
      for (const slot of inside) {
        look(slot, start);
        close(slot);
        open(slot);
      }
      inside = [];
    },
  };
};
