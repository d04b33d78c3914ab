import { CHUNK_LENGTH } from './chunk.ts';
import type { Deferred } from './conditions/condition.ts';
import type { Frame, FrameContext } from './frame.ts';
import { createFrameSet, type FrameSet } from './frame-set.ts';
import { addFloats, addWord, createRows, type Rows } from './rows.ts';
import { createMoments, createRun, reserveMoments, type Moments, type Run } from './run.ts';
import { createSlots } from './slots.ts';
import { createWaitingEvents, NONE, type WaitingEvents } from './waiting-events.ts';

/**
 * Frames that wait with a slot until it has events enough for any of their rules to hold: most groups never have. Till then
 * each event is written down once, and no condition is told of it; then all are told of what their windows hold, and from
 * there on the slot has a place of its own in the frames.
 */
export type WaitingFrames = {
  readonly frames: FrameSet;
  open(slot: number): void;
  close(slot: number): void;
  /** It has its first event of a moment, at a place of the chunk. */
  enter(slot: number, place: number): void;
  add(run: Run): void;
  endMoments(moments: Moments, count: number): void;
  mostPerEvent(): number;
  /** Forgets some of the events that no window from this moment on can hold. */
  sweep(at: number): void;
  /** Forgets all events. */
  clear(): void;
};

/** `rows` are those of the slots; `enough` is the fewest events in the longest window with which a rule can hold. */
export const createWaitingFrames = (rows: Rows, enough: number, context: Omit<FrameContext, 'rows'>): WaitingFrames => {
  const { memory, groupOf } = context;
  const own = createRows();
  const places = createSlots(own);
  const frames = createFrameSet({ ...context, rows: own, groupOf: places.group });
  /** In the row of a slot: how many events have waited since they were counted, or −1 − its place in the frames. */
  const state = addWord(rows);
  /** And the latest that waits. */
  const last = addFloats(rows, 1);
  const waiting = createRun();
  const told = createRun();
  const ended = createMoments();
  let columns: readonly { readonly frame: Frame; readonly deferred: Deferred }[] = [];
  let read: readonly Int32Array[] = [];
  let longest = 0;
  let made: WaitingEvents | null = null;

  const begin = (): WaitingEvents => {
    columns = frames
      .frames()
      .flatMap((frame) =>
        frame.conditions().flatMap(({ deferred }) => (deferred === undefined ? [] : [{ frame, deferred }])),
      );
    if (columns.length < frames.conditions().length) throw new TypeError('a condition cannot wait');
    read = columns.map(() => new Int32Array(CHUNK_LENGTH));
    longest = Math.max(1, ...frames.frames().map(({ length }) => length)); // a moment: 1 µs
    made = createWaitingEvents(columns.length, memory);
    return made;
  };

  // hot: slots were opened, here and below
  const stateOf = (slot: number): number => rows.ints[slot * rows.words + state]!;

  /** A slot has events enough: from now on it has a place in the frames. */
  const admit = (slot: number, i: number, events: WaitingEvents, count: number): void => {
    const place = places.insert(groupOf(slot));
    memory.used++;
    rows.ints[slot * rows.words + state] = -1 - place;
    frames.open(place);
    frames.enter(place, waiting.places[i]!);
    const times = events.times();
    for (let which = 0; which < columns.length; which++) {
      const { frame, deferred } = columns[which]!;
      const from = frame.from(waiting.times[i]!);
      let held = 0;
      while (held < count && times[held]! >= from) held++;
      deferred.take(place, times, events.told(which), 0, held);
    }
  };

  /** Counts those that are not too old anew: half of what is needed will do, so that counting never comes often. */
  const count = (slot: number, i: number, events: WaitingEvents): void => {
    const found = events.chain(rows.floats[(slot * rows.words) / 2 + last]!, waiting.times[i]! - longest, enough);
    if (2 * found >= enough) admit(slot, i, events, found);
    else rows.ints[slot * rows.words + state] = found;
  };

  const wait = (slot: number, i: number, events: WaitingEvents): void => {
    const words = slot * rows.words;
    const before = rows.ints[words + state]!;
    if (before < 0) {
      // Admitted by an event of the same moment.
      for (let which = 0; which < columns.length; which++)
        columns[which]!.deferred.take(-1 - before, waiting.times, read[which]!, i, 1);
      return;
    }
    if (before === 0) rows.floats[words / 2 + last] = NONE;
    events.add(waiting.times, read, i, rows.floats, words / 2 + last);
    rows.ints[words + state] = before + 1;
    if (before + 1 >= enough) count(slot, i, events);
  };

  return {
    frames,
    open: (slot) => {
      rows.ints[slot * rows.words + state] = 0;
    },
    close: (slot) => {
      const place = -1 - stateOf(slot);
      if (place < 0) return;
      frames.close(place);
      places.remove(place);
      memory.used--;
    },
    enter: (slot, at) => {
      const place = -1 - stateOf(slot);
      if (place >= 0) frames.enter(place, at);
      else frames.begin(at); // so that no run reaches over the end of a window
    },
    add: (run) => {
      const events = made ?? begin();
      waiting.length = 0;
      told.length = 0;
      for (let i = 0; i < run.length; i++) {
        const slot = run.slots[i]!;
        const place = -1 - stateOf(slot);
        const to = place >= 0 ? told : waiting;
        to.places[to.length] = run.places[i]!;
        to.slots[to.length] = place >= 0 ? place : slot;
        to.times[to.length++] = run.times[i]!;
      }
      if (told.length > 0) frames.add(told);
      if (waiting.length === 0) return;
      for (let which = 0; which < columns.length; which++) columns[which]!.deferred.read(waiting, read[which]!);
      for (let i = 0; i < waiting.length; i++) wait(waiting.slots[i]!, i, events);
    },
    endMoments: (moments, all) => {
      if (places.inUse() === 0) return;
      reserveMoments(ended, all);
      let found = 0;
      for (let i = 0; i < all; i++) {
        const place = -1 - stateOf(moments.slots[i]!);
        if (place < 0) continue;
        ended.slots[found] = place;
        ended.times[found++] = moments.times[i]!;
      }
      if (found > 0) frames.endMoments(ended, found);
    },
    // The event itself, a place, and for each condition the events that have waited.
    mostPerEvent: () => 2 + enough * frames.conditions().length,
    sweep: (at) => made?.sweep(at - longest),
    clear: () => made?.clear(),
  };
};
