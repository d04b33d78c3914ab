import type { EventRule, Window } from '../schema.ts';
import { dayOf } from './actor-rules.ts';
import type { WindowCondition } from './compile-condition.ts';
import { compileFilter, type Predicate } from './compile-filter.ts';
import type { ConditionState } from './conditions/condition.ts';
import { createHistory, type History } from './conditions/history.ts';
import type { EventReader } from './event-reader.ts';
import { createFrame, type Frame, type Look } from './frame.ts';
import { grownInts } from './grow.ts';
import type { Grouping } from './grouping.ts';
import type { Memory } from './memory.ts';
import { addWord, createRows, giveWordBack } from './rows.ts';
import { createSlots } from './slots.ts';
import { createSweep } from './sweep.ts';

/** Why events that were looked at are not seen by a rule, and how many. */
export type Unseen = {
  /** Do not meet `over events where …`. */
  filtered: number;
  /** Miss a column of `for each`. */
  ungrouped: number;
  excluded: number;
  expired: number;
  /** Happened before the rule was loaded. */
  before: number;
  /** The limit of what is remembered was reached. */
  refused: number;
};

/** What rules share that see the same events in the same groups: the groups, and windows of some kinds over them. */
export type View = {
  readonly counts: { seen: number } & Omit<Unseen, 'filtered'>;
  /** The frame of a window; the same one is kept once. Only before the first event. */
  frame(window: Window, look: (frame: Frame) => Look): Frame;
  /** A condition in one of its frames. Only before the first event. */
  condition(frame: Frame, of: WindowCondition): ConditionState;
  /** Takes in the reader's present event, which meets `where`. Whether the view had none of this moment before. */
  see(at: number): boolean;
  /** Ends the moment in which it has seen events. */
  endMoment(at: number): void;
  /** The end of the tumbling window that ends first; Infinity where none is open. */
  windowEnd(): number;
  /** Ends the tumbling windows that are over at a moment. */
  endWindows(moment: number): void;
  /** Forgets some of what no moment from this one on can need. */
  sweep(at: number): void;
  /** Forgets everything. */
  close(): void;
  groupOf(slot: number): number;
};

type Framed = { readonly frame: Frame; readonly look: Look };

/** Everything a rule has in common with others of the same view, as a key. */
export const viewKey = ({ groupBy, where, exclusions, expires }: EventRule): string =>
  JSON.stringify([groupBy, where, exclusions.map(({ ends, where: which }) => [ends, which]), expires]);

export const createView = (
  rule: EventRule,
  reader: EventReader,
  grouping: Grouping,
  memory: Memory,
  /** Events up to this moment are not seen. */
  after: number,
): View => {
  const expires = rule.expires === null ? Infinity : dayOf(rule.expires);
  const exclusions = rule.exclusions.map(({ ends, where }): readonly [number, Predicate] => [
    dayOf(ends),
    compileFilter(where, reader),
  ]);
  const framesByKey = new Map<string, Frame>();
  let frames: readonly Framed[] = [];
  let tumbling: readonly Framed[] = [];
  /** Those that are looked at with every moment. */
  let passing: readonly Framed[] = [];
  let conditions: readonly ConditionState[] = [];
  let settling: readonly ConditionState[] = [];
  let longest = 0;
  const historiesByKey = new Map<string, History>();
  let histories: readonly History[] = [];
  /** Groups that have something in a window, with their latest moment. */
  const rows = createRows();
  const slots = createSlots(rows);
  /** In the row of each group: its slot here, and one more; 0 where it has none. */
  const slotOf = addWord(grouping.rows);
  /** The slots that have events of the open moment. */
  let touched = new Int32Array(16);
  let touchedCount = 0;
  const counts = { seen: 0, ungrouped: 0, excluded: 0, expired: 0, before: 0, refused: 0 };

  const historyOf = (column: string, lookback: number): History => {
    const key = JSON.stringify([column, lookback]);
    const history = historiesByKey.get(key) ?? createHistory(reader.field(column), lookback, grouping, memory);
    historiesByKey.set(key, history);
    histories = [...historiesByKey.values()];
    return history;
  };

  const open = (group: number): number => {
    const slot = slots.insert(group);
    grouping.rows.ints[group * grouping.rows.words + slotOf] = slot + 1;
    grouping.retain(group);
    for (const { frame } of frames) frame.open(slot);
    memory.used++;
    return slot;
  };

  const drop = (slot: number): void => {
    for (const { frame } of frames) frame.close(slot);
    const group = slots.group(slot);
    grouping.rows.ints[group * grouping.rows.words + slotOf] = 0;
    grouping.release(group);
    slots.remove(slot);
    memory.used--;
  };
  const sweep = createSweep(slots, drop);

  const touch = (slot: number): void => {
    if (touchedCount === touched.length) touched = grownInts(touched, touchedCount + 1);
    touched[touchedCount++] = slot;
  };

  const isExcluded = (at: number): boolean => {
    for (const [ends, where] of exclusions) if (at < ends && where()) return true;
    return false;
  };

  const isUnseen = (at: number, group: number): boolean => {
    if (at <= after) counts.before++;
    else if (group < 0) counts.ungrouped++;
    else if (isExcluded(at)) counts.excluded++;
    else if (at >= expires) counts.expired++;
    else if (memory.used >= memory.limit) counts.refused++;
    else return false;
    return true;
  };

  const firstEnd = (): number => {
    let end = Infinity;
    for (const { frame } of tumbling) end = Math.min(end, frame.windowEnd());
    return end;
  };

  return {
    counts,
    frame: (window, look) => {
      const key = JSON.stringify(window);
      const known = framesByKey.get(key);
      if (known !== undefined) return known;
      const frame = createFrame(window, { reader, memory, rows, historyOf });
      framesByKey.set(key, frame);
      const framed = { frame, look: look(frame) };
      frames = [...frames, framed];
      if (window.kind === 'tumbling') tumbling = [...tumbling, framed];
      else passing = [...passing, framed];
      longest = Math.max(longest, frame.length);
      return frame;
    },
    condition: (frame, of) => {
      const made = frame.condition(of);
      conditions = frames.flatMap((each) => each.frame.conditions());
      settling = conditions.filter(({ settle }) => settle !== undefined);
      return made;
    },
    see: (at) => {
      const group = grouping.group();
      if (isUnseen(at, group)) return false;
      counts.seen++;
      const known = grouping.rows.ints[group * grouping.rows.words + slotOf]!; // hot: groups lie inside, and so does all below
      const slot = known > 0 ? known - 1 : open(group);
      for (const history of histories) history.see(group, at);
      const isNew = slots.time(slot) !== at;
      if (isNew) {
        slots.setTime(slot, at);
        touch(slot);
        for (let i = 0; i < tumbling.length; i++) tumbling[i]!.frame.enter(slot, at);
      }
      for (let i = 0; i < conditions.length; i++) conditions[i]!.add(slot, at);
      return isNew && touchedCount === 1;
    },
    endMoment: (at) => {
      for (let t = 0; t < touchedCount; t++) {
        const slot = touched[t]!;
        for (let i = 0; i < settling.length; i++) settling[i]!.settle?.(slot, at);
        for (let i = 0; i < passing.length; i++) {
          const { frame, look } = passing[i]!;
          look(slot, at);
          if (frame.kind !== 'event') continue;
          frame.close(slot);
          frame.open(slot);
        }
      }
      touchedCount = 0;
    },
    windowEnd: firstEnd,
    endWindows: (moment) => {
      for (const { frame, look } of tumbling) {
        const end = frame.windowEnd();
        if (end < Infinity && end <= moment) frame.endWindow(look);
      }
    },
    sweep: (at) => {
      for (const history of histories) history.sweep(at);
      sweep((time) => time < at && time <= at - longest); // not those of a moment that is not over
    },
    close: () => {
      for (let slot = slots.reach() - 1; slot >= 0; slot--) if (slots.isThere(slot)) drop(slot);
      for (const history of histories) history.close();
      giveWordBack(grouping.rows, slotOf);
    },
    groupOf: slots.group,
  };
};
