import type { EventRule } from '../schema.ts';
import type { WindowCondition } from './compile-condition.ts';
import type { ConditionState } from './conditions/condition.ts';
import { createFrame, type Frame, type FrameContext, type Look } from './frame.ts';
import type { Moments, Run } from './run.ts';

/** The windows of some kinds over the slots of some groups. */
export type FrameSet = {
  /** The frame of a window; the same one is kept once. Only before the first event. */
  frame(window: EventRule['window'], makeLook: (frame: Frame) => Look): Frame;
  has(frame: Frame): boolean;
  /** A condition in one of the frames. Only before the first event. */
  condition(frame: Frame, of: WindowCondition): ConditionState;
  frames(): readonly Frame[];
  conditions(): readonly ConditionState[];
  open(slot: number): void;
  close(slot: number): void;
  /** There is an event at a place of the chunk, of whatever slot. */
  begin(place: number): void;
  /** A slot has its first event of a moment, at a place of the chunk. */
  enter(slot: number, place: number): void;
  /** These events are in the windows of their slots. */
  add(run: Run): void;
  /** These moments are over. */
  endMoments(moments: Moments, count: number): void;
  /** The earliest end of a tumbling window that is open; Infinity where none is. */
  windowEnd(): number;
  /** Ends the tumbling windows that are over at a moment. */
  endWindows(moment: number): void;
};

export const createFrameSet = (context: FrameContext): FrameSet => {
  const byKey = new Map<string, Frame>();
  let frames: readonly Frame[] = [];
  /** Those whose windows are emptied as a whole. */
  let emptied: readonly Frame[] = [];
  let tumbling: readonly Frame[] = [];
  let conditions: readonly ConditionState[] = [];
  let settling: readonly ConditionState[] = [];
  let windowEnd = Infinity;

  return {
    frame: (window, makeLook) => {
      const key = JSON.stringify(window);
      const known = byKey.get(key);
      if (known !== undefined) return known;
      const frame = createFrame(window, makeLook, context);
      byKey.set(key, frame);
      frames = [...frames, frame];
      if (window.kind !== 'sliding') emptied = [...emptied, frame];
      if (window.kind === 'tumbling') tumbling = [...tumbling, frame];
      return frame;
    },
    has: (frame) => frames.includes(frame),
    condition: (frame, of) => {
      const made = frame.condition(of);
      conditions = frames.flatMap((each) => each.conditions());
      settling = conditions.filter(({ settle }) => settle !== undefined);
      return made;
    },
    frames: () => frames,
    conditions: () => conditions,
    open: (slot) => {
      for (const frame of frames) frame.open(slot);
    },
    close: (slot) => {
      for (const frame of frames) frame.close(slot);
    },
    begin: (place) => {
      for (const frame of tumbling) {
        frame.begin(place);
        if (frame.windowEnd() < windowEnd) windowEnd = frame.windowEnd();
      }
    },
    enter: (slot, place) => {
      for (const frame of emptied) {
        frame.enter(slot, place);
        if (frame.windowEnd() < windowEnd) windowEnd = frame.windowEnd();
      }
    },
    add: (run) => {
      for (const condition of conditions) condition.add(run);
    },
    endMoments: (moments, count) => {
      for (const condition of settling) condition.settle?.(moments, count);
      for (const frame of frames) frame.endMoments(moments, count);
    },
    windowEnd: () => windowEnd,
    endWindows: (moment) => {
      windowEnd = Infinity;
      for (const frame of tumbling) {
        if (frame.windowEnd() <= moment) frame.endWindow();
        windowEnd = Math.min(windowEnd, frame.windowEnd());
      }
    },
  };
};
