import type { EventFilter, EventRule, Window } from '../schema.ts';
import type { WindowCondition } from './compile-condition.ts';
import type { Mask } from './compile-filter.ts';
import type { ConditionState } from './conditions/condition.ts';
import { createHistory, type History } from './conditions/history.ts';
import type { EventReader } from './event-reader.ts';
import type { Frame, Look } from './frame.ts';
import { createFrameSet } from './frame-set.ts';
import type { Grouping } from './grouping.ts';
import type { Memory } from './memory.ts';
import { patienceOf } from './patience.ts';
import { createGroupSlots } from './group-slots.ts';
import { createRows } from './rows.ts';
import { createMoments, createRun, reserveMoments } from './run.ts';
import { createUnseenCounter, type Unseen } from './unseen.ts';
import { createWaitingFrames } from './waiting-frames.ts';

/** What rules share that see the same events in the same groups: the groups, and windows of some kinds over them. */
export type View = {
  readonly counts: { readonly seen: number } & Omit<Unseen, 'filtered'>;
  /** The frame of a window; the same one is kept once. Only before the first event. */
  frame(window: Window, makeLook: (frame: Frame) => Look): Frame;
  /** A condition in one of its frames. Only before the first event. */
  condition(frame: Frame, of: WindowCondition): ConditionState;
  /** Things that one event can add to what is remembered, at most. */
  mostPerEvent(): number;
  /** Takes in the events at some places of the chunk, which meet `where`. */
  see(places: Int32Array, count: number): void;
  /** Ends the moments and the tumbling windows that are over at a moment. */
  advance(moment: number): void;
  /** Asks for what it keeps numbers of to be kept as long. */
  ask(): void;
  /** Forgets some of what no moment from this one on can need. */
  sweep(at: number): void;
  /** Forgets everything. */
  close(): void;
};

export type ViewContext = {
  readonly reader: EventReader;
  readonly maskOf: (filter: EventFilter) => Mask;
  readonly grouping: Grouping;
  readonly memory: Memory;
  /** Events up to this moment are not seen. */
  readonly after: number;
};

/** Everything a rule has in common with others of the same view, as a key. */
export const viewKey = ({ groupBy, where, exclusions, expires }: EventRule): string =>
  JSON.stringify([groupBy, where, exclusions.map(({ ends, where: which }) => [ends, which]), expires]);

/** A view for rules that have all of its key in common. */
export const createView = (
  [rule, ...others]: readonly [EventRule, ...EventRule[]],
  { reader, maskOf, grouping, memory, after }: ViewContext,
): View => {
  const { chunk } = reader;
  const { counts, isUnseen } = createUnseenCounter(rule, chunk, maskOf, memory, after);
  const historiesByKey = new Map<string, History>();
  let histories: readonly History[] = [];
  const historyOf = (column: string, lookback: number): History => {
    const key = JSON.stringify([column, lookback]);
    const history = historiesByKey.get(key) ?? createHistory(reader.field(column), lookback, grouping, memory);
    historiesByKey.set(key, history);
    histories = [...historiesByKey.values()];
    return history;
  };

  let longest = 0;
  /** Groups that have something in a window, with their latest moment. */
  const rows = createRows();
  const slots = createGroupSlots(rows, grouping, memory, {
    open: (slot) => {
      waiting?.open(slot);
      frames.open(slot);
    },
    close: (slot) => {
      waiting?.close(slot);
      frames.close(slot);
    },
  });
  const context = { reader, maskOf, memory, historyOf, groupOf: slots.group };
  const { waits, enough } = patienceOf([rule, ...others]);
  const waiting = enough < Infinity ? createWaitingFrames(rows, enough, context) : null;
  const frames = createFrameSet({ ...context, rows });
  const allFrames = (): readonly Frame[] => [...frames.frames(), ...(waiting?.frames.frames() ?? [])];
  /** Events that conditions have not been shown yet. */
  const run = createRun();
  /** The slots with events of moments that are not over, in the order of these; none has two. */
  const touched = createMoments();
  let touchedCount = 0;
  let windowEnd = Infinity;
  let seen = 0;

  const updateWindowEnd = (): void => {
    const earliest = Math.min(frames.windowEnd(), waiting?.frames.windowEnd() ?? Infinity);
    if (earliest !== windowEnd) windowEnd = earliest; // seldom: every double that is kept anew is memory
  };

  const showRun = (): void => {
    if (run.length === 0) return;
    for (const history of histories) history.see(run);
    frames.add(run);
    waiting?.add(run);
    run.length = 0;
  };

  /** Looks at what was touched before a moment, later than which nothing was. */
  const endMoments = (before: number): void => {
    showRun();
    let count = touchedCount;
    while (count > 0 && touched.times[count - 1]! >= before) count--; // hot: below the count, here and below
    if (count === 0) return;
    frames.endMoments(touched, count);
    waiting?.endMoments(touched, count);
    if (count < touchedCount) {
      touched.slots.copyWithin(0, count, touchedCount);
      touched.times.copyWithin(0, count, touchedCount);
    }
    touchedCount -= count;
  };

  const advance = (moment: number): void => {
    if (touchedCount > 0 && touched.times[0]! < moment) endMoments(moment);
    if (windowEnd > moment || windowEnd === Infinity) return;
    frames.endWindows(moment);
    waiting?.frames.endWindows(moment);
    updateWindowEnd();
  };

  /** A slot has its first event of a moment. */
  const touch = (slot: number, place: number): void => {
    const at = chunk.times[place]!;
    rows.floats[(slot * rows.words) / 2 + slots.time] = at;
    if (touchedCount === touched.slots.length) reserveMoments(touched, touchedCount + 1);
    touched.slots[touchedCount] = slot;
    touched.times[touchedCount++] = at;
    frames.enter(slot, place);
    waiting?.enter(slot, place);
    updateWindowEnd();
  };

  // By place: a number that is passed on as such in some cases becomes memory for every event.
  const advanceTo = (place: number): void => advance(chunk.times[place]!);
  const endMomentsBefore = (place: number): void => endMoments(chunk.times[place]!);

  return {
    get counts() {
      return { seen, ...counts };
    },
    frame: (window, makeLook) => {
      const frame = (waiting !== null && waits(window) ? waiting.frames : frames).frame(window, makeLook);
      longest = Math.max(longest, frame.length);
      return frame;
    },
    condition: (frame, of) => (waiting?.frames.has(frame) === true ? waiting.frames : frames).condition(frame, of),
    mostPerEvent: () => 1 + frames.conditions().length + histories.length + (waiting?.mostPerEvent() ?? 0),
    see: (places, count) => {
      const groups = grouping.groups(places, count);
      const found = slots.slotsOf(groups, places, count);
      for (let i = 0; i < count; i++) {
        const place = places[i]!; // hot: places lie inside the chunk, and groups and slots inside their rows
        const at = chunk.times[place]!;
        const group = groups[place]!;
        if (isUnseen(place, group)) continue;
        grouping.use(place);
        if (windowEnd <= at) advanceTo(place);
        const known = found[i]!;
        const slot = known < 0 ? slots.slotOf(group) : known;
        const latest = rows.floats[(slot * rows.words) / 2 + slots.time]!;
        if (latest !== at) {
          // It has events of an earlier moment that was not looked at yet.
          if (touchedCount > 0 && latest >= touched.times[0]!) endMomentsBefore(place);
          touch(slot, place);
        }
        run.places[run.length] = place;
        run.groups[run.length] = group;
        run.slots[run.length] = slot;
        run.times[run.length++] = at;
        seen++;
      }
      showRun();
    },
    advance,
    ask: () => {
      grouping.keepFor(longest);
      for (const history of histories) history.ask();
      for (const frame of allFrames()) for (const condition of frame.conditions()) condition.ask?.(frame.length);
    },
    sweep: (at) => {
      for (const history of histories) history.sweep(at);
      slots.sweep(at, Math.min(at, at - longest + 1)); // not those of a moment that is not over
      waiting?.sweep(at);
    },
    close: () => {
      slots.close();
      waiting?.clear();
      for (const history of histories) history.close();
    },
  };
};
