import type { Hit, Rule, RuleFeatures } from '../schema.ts';
import { NO_VALUES, type Values } from './event-field.ts';
import { createEventReader } from './event-reader.ts';
import { createHeldEvents } from './held-events.ts';
import { DEFAULT_LIMIT, type Memory } from './memory.ts';
import type { PackedBatch } from './packed-texts.ts';
import type { RuleCounts } from './rule-counts.ts';
import { createRuleSet, type Begun } from './rule-set.ts';

export type RunOptions = {
  /**
   * How long an event may come after later ones, in µs: a moment is looked at once an event more than this later has come.
   * Default 5 minutes. 0 for events in order; Infinity holds everything until `flush`.
   */
  readonly allowedLateness?: number;
  readonly features?: RuleFeatures;
  /** Rules whose hits are marked, so that they are not acted upon. */
  readonly shadow?: ReadonlySet<string>;
  /** Groups, values and moments remembered at most (default 2^24, about 1 GB). */
  readonly maxRemembered?: number;
  /** Events that wait at most (default 2^22): more than that, and the earliest are looked at before their time. */
  readonly maxHeld?: number;
  /** The latest time, in µs, that an event may have now: one far ahead would make all that follow late. Default: none. */
  readonly latest?: () => number;
};

/** A hit as the engine tells it. */
export type RunHit = Hit & { readonly isShadow: boolean };

/** What became of the events. events = untimed + ahead + late + held + looked. */
export type RunCounts = {
  readonly events: number;
  /** Without a time. */
  readonly untimed: number;
  /** Later than `latest`. */
  readonly ahead: number;
  /** Came after their moment was looked at. */
  readonly late: number;
  /** Wait for their moment. */
  readonly held: number;
  readonly looked: number;
  /** Of those looked at: before their lateness had passed, because too many waited. */
  readonly hurried: number;
  readonly hits: number;
  /** Groups, values and moments that are remembered now. */
  readonly remembered: number;
  readonly rules: readonly RuleCounts[];
  /** Rules over actors: they need no events. */
  readonly notRun: readonly string[];
};

/** Runs rules over events that come batch by batch, in roughly the order of their times. */
export type RuleEngine = {
  /** Takes events in; the hits of all moments that are now over. Nothing of the batch is kept. */
  push(batch: PackedBatch): readonly RunHit[];
  /** Ends all moments and windows, whether or not more could come; later events are late. */
  flush(): readonly RunHit[];
  /**
   * Puts these rules in the place of those that run. A rule that says the same as before keeps what it remembers; one that
   * does not sees the events after the latest so far, and is told with the moment from which it is whole.
   */
  replace(rules: readonly Rule[]): readonly Begun[];
  readonly counts: RunCounts;
};

const FIVE_MINUTES = 300e6;
const MOST_HELD = 2 ** 22;
/** Times are whole numbers up to here. */
const LAST_TIME = 2 ** 53;

/**
 * The engine that says what rules over events mean (docs/rules.md). The watermark is the latest time seen less the allowed
 * lateness: moments before it are looked at, in their order, and events before it are late. What it answers depends on the
 * events alone: not on how they were cut into batches, nor, within the allowed lateness, on their order.
 *
 * It remembers only what some later window can need. At the limit, events that would add to it are refused for the rule at
 * hand and counted: from then on hits may be missing, and rules that ask for few or for new things may hit wrongly, until
 * a window after the last refusal.
 */
export const createRuleEngine = (rules: readonly Rule[], options: RunOptions = {}): RuleEngine => {
  const lateness = options.allowedLateness ?? FIVE_MINUTES;
  const maxHeld = options.maxHeld ?? MOST_HELD;
  const memory: Memory = { used: 0, limit: options.maxRemembered ?? DEFAULT_LIMIT };
  const reader = createEventReader();
  const held = createHeldEvents(reader);
  const hits: RunHit[] = [];
  const set = createRuleSet(reader, memory, options.features, (rule, group, at) =>
    hits.push({ rule: rule.id, group, at, isShadow: options.shadow?.has(rule.id) === true }),
  );
  set.replace(rules, -Infinity);
  let notRun = overActors(rules);
  /** In an object, whose numbers are changed where they stand: each in a variable would be memory of its own. */
  const clock = { latest: -Infinity, watermark: -Infinity };
  let hitCount = 0;
  const counts = { events: 0, untimed: 0, ahead: 0, late: 0, looked: 0, hurried: 0 };

  const takeHits = (): readonly RunHit[] => {
    hitCount += hits.length;
    return hits.splice(0);
  };

  const look = (): void => {
    counts.looked += reader.chunk.length;
    set.see();
    reader.chunk.length = 0;
  };

  /** Looks at all held events before a moment. */
  const drain = (before: number): void => {
    if (held.earliest() >= before) return;
    reader.bind(held.columns);
    while (held.take(reader.chunk, before, set.room())) look();
  };

  /** Makes room: the earliest moment does not wait any longer. */
  const hurry = (): void => {
    drain(clock.watermark);
    if (held.size() <= maxHeld) return;
    const before = counts.looked;
    clock.watermark = held.earliest() + 1;
    drain(clock.watermark);
    counts.hurried += counts.looked - before;
  };

  /** The events of a batch that are not late; where none may be, they are looked at as they come. */
  const takeIn = (batch: PackedBatch, columns: (name: string) => Values): void => {
    const { chunk } = reader;
    const limit = options.latest?.() ?? LAST_TIME;
    let room = set.room();
    for (let row = 0; row < batch.length; row++) {
      const at = batch.ts[row]!; // hot: once per event
      if (!Number.isInteger(at) || Math.abs(at) > LAST_TIME) counts.untimed++;
      else if (at > limit) counts.ahead++;
      else if (at < clock.watermark) counts.late++;
      else {
        if (at > clock.latest) clock.latest = at;
        if (clock.latest - lateness > clock.watermark) clock.watermark = clock.latest - lateness;
        if (lateness === 0) {
          chunk.times[chunk.length] = at;
          chunk.rows[chunk.length++] = row;
          if (chunk.length < room) continue;
          look();
          room = set.room();
        } else {
          held.hold(row, at);
          if (held.size() <= maxHeld) continue;
          held.copy();
          hurry();
          reader.bind(columns);
        }
      }
    }
    if (chunk.length > 0) look();
    held.copy();
  };

  return {
    push: (batch) => {
      const columns = columnsOf(batch);
      reader.bind(columns);
      counts.events += batch.length;
      takeIn(batch, columns);
      drain(clock.watermark);
      set.advance(clock.watermark);
      return takeHits();
    },
    flush: () => {
      clock.watermark = Infinity;
      drain(Infinity);
      set.advance(Infinity);
      return takeHits();
    },
    replace: (next) => {
      notRun = overActors(next);
      return set.replace(next, clock.latest);
    },
    get counts() {
      return {
        ...counts,
        held: held.size(),
        hits: hitCount,
        remembered: memory.used,
        rules: set.counts(),
        notRun,
      };
    },
  };
};

const overActors = (rules: readonly Rule[]): string[] =>
  rules.filter((rule) => rule.over === 'actors').map(({ id }) => id);

const columnsOf =
  ({ columns }: PackedBatch) =>
  (name: string): Values => {
    const column = columns.get(name);
    if (column === undefined) return NO_VALUES;
    if (column instanceof Float64Array) return { ...NO_VALUES, numbers: column };
    return column instanceof Int32Array ? { ...NO_VALUES, packed: column } : { ...NO_VALUES, texts: column };
  };
