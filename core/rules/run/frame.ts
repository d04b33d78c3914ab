import { microsOf } from '../duration.ts';
import type { Window } from '../schema.ts';
import { compileCondition, type ConditionContext, type WindowCondition } from './compile-condition.ts';
import type { ConditionState } from './conditions/condition.ts';
import { grownInts } from './grow.ts';
import { addFloats, addWord } from './rows.ts';
import { createMoments, reserveMoments, type Moments } from './run.ts';

/** What rules want of the slots of a frame. */
export type Look = {
  /** Looks at slots at their moments, or at the starts of their tumbling windows. */
  look(moments: Moments, count: number): void;
  /** Which of some slots must be looked at when the tumbling window ends, written into `to`; how many. */
  note(moments: Moments, count: number, to: Moments): number;
};

/** One kind of window over the groups of a view, with what conditions remember in it. */
export type Frame = {
  readonly kind: Window['kind'];
  /** How long after its latest event a slot can still matter, in µs. */
  readonly length: number;
  /** A condition of this window; the same one is kept once. Only before the first event. */
  condition(of: WindowCondition): ConditionState;
  conditions(): readonly ConditionState[];
  groupOf(slot: number): number;
  /** The first moment in the window at a moment that is not over. */
  from(at: number): number;
  /** Begins with a slot. */
  open(slot: number): void;
  /** There is an event at a place of the chunk; a tumbling window that holds it is open from here on. */
  begin(place: number): void;
  /** A slot has its first event of a moment, at a place of the chunk: a window that is over is emptied. */
  enter(slot: number, place: number): void;
  /** The end of the tumbling window that is open; Infinity where none is. */
  windowEnd(): number;
  /** These moments are over: notes the slots that are to be looked at when the tumbling window ends. */
  endMoments(moments: Moments, count: number): void;
  /** Ends that window. */
  endWindow(): void;
  /** Forgets a slot. */
  close(slot: number): void;
};

export type FrameContext = Omit<ConditionContext, 'span'> & { readonly groupOf: (slot: number) => number };

export const createFrame = (window: Window, makeLook: (frame: Frame) => Look, context: FrameContext): Frame => {
  const { rows } = context;
  const { times } = context.reader.chunk;
  const length = window.kind === 'event' ? 0 : microsOf(window.length);
  const span = window.kind === 'sliding' ? length : Infinity;
  const isTumbling = window.kind === 'tumbling';
  const states = new Map<string, ConditionState>();
  let conditions: readonly ConditionState[] = [];
  /** The tumbling window that is open, or was open last. */
  let start = -Infinity;
  let end = -Infinity;
  let isOpen = false;
  /** The slots that are to be looked at when it ends. */
  let noted = new Int32Array(16);
  let notedCount = 0;
  /** In the row of a slot: where its latest window began, and whether it is noted. */
  const begun = window.kind === 'sliding' ? 0 : addFloats(rows, 1);
  const isNoted = isTumbling ? addWord(rows) : 0;
  const some = createMoments();

  const close = (slot: number): void => {
    for (const condition of conditions) condition.close(slot);
  };
  const open = (slot: number): void => {
    for (const condition of conditions) condition.open(slot);
  };

  /** Where a window that is emptied as a whole begins that holds a moment. */
  const begins = (at: number): number => {
    if (window.kind === 'sliding') return -Infinity;
    return isTumbling ? Math.floor(at / length) * length : at;
  };
  const begin = (place: number): void => {
    if (!isTumbling) return;
    const at = times[place]!;
    isOpen = true;
    if (at < end) return;
    start = begins(at);
    end = start + length;
  };

  const frame: Frame = {
    kind: window.kind,
    length,
    conditions: () => conditions,
    groupOf: context.groupOf,
    from: (at) => (window.kind === 'sliding' ? at - length + 1 : begins(at)),
    open: (slot) => {
      open(slot);
      if (window.kind === 'sliding') return;
      rows.floats[(slot * rows.words) / 2 + begun] = Number.NaN;
      if (isTumbling) rows.ints[slot * rows.words + isNoted] = 0;
    },
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
    begin,
    enter: (slot, place) => {
      begin(place);
      const from = isTumbling ? start : times[place]!;
      const word = (slot * rows.words) / 2 + begun;
      const before = rows.floats[word]!; // hot: slots were opened, here and below
      if (before === from) return;
      rows.floats[word] = from;
      if (Number.isNaN(before)) return;
      close(slot);
      open(slot);
      if (isTumbling) rows.ints[slot * rows.words + isNoted] = 0;
    },
    windowEnd: () => (isOpen ? end : Infinity),
    endMoments: (moments, count) => {
      if (!isTumbling) {
        look.look(moments, count);
        return;
      }
      reserveMoments(some, count);
      const found = look.note(moments, count, some);
      if (notedCount + found > noted.length) noted = grownInts(noted, notedCount + found);
      for (let i = 0; i < found; i++) {
        const slot = some.slots[i]!;
        const place = slot * rows.words + isNoted;
        if (rows.ints[place] === 1) continue;
        rows.ints[place] = 1;
        noted[notedCount++] = slot;
      }
    },
    endWindow: () => {
      isOpen = false;
      some.times.fill(start);
      for (let from = 0; from < notedCount; from += some.slots.length) {
        const count = Math.min(some.slots.length, notedCount - from);
        some.slots.set(noted.subarray(from, from + count));
        look.look(some, count);
      }
      notedCount = 0;
    },
  };
  const look = makeLook(frame);
  return frame;
};
