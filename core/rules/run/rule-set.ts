import type { EventRule, Rule, RuleFeatures } from '../schema.ts';
import { isFeatureCondition } from './compile-condition.ts';
import { CHUNK_LENGTH } from './chunk.ts';
import { createMasks } from './compile-filter.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import type { EventReader } from './event-reader.ts';
import { actorsThat } from './features.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import type { Memory } from './memory.ts';
import { byCost, lookAt, type Found, type Loaded, type Shared } from './loaded-rule.ts';
import { createMoments } from './run.ts';
import { meaningOf, wholeFrom } from './rule-meaning.ts';
import { inOrderOfHits, type OnHit } from './hits.ts';
import { countsOf, type RuleCounts } from './rule-counts.ts';
import { createView, viewKey, type ViewContext } from './view.ts';

/** A rule that `replace` began anew, and the moment (µs) from which its windows are whole. */
export type Begun = { readonly rule: string; readonly wholeFrom: number };

/** The rules that run. */
export type RuleSet = {
  /**
   * Puts these rules in the place of those that run; one that says the same as before stays as it is, others see the events
   * after a moment.
   */
  replace(rules: readonly Rule[], after: number): readonly Begun[];
  /** How many events can be taken in together now. */
  room(): number;
  /** Takes in the events of the reader's chunk, no more than there was room for; times never go back. */
  see(): void;
  /** Tells that no event before a moment will come any more. */
  advance(moment: number): void;
  counts(): readonly RuleCounts[];
};

/** Events after which what is over is looked for. */
const SWEEP_EVERY = CHUNK_LENGTH;

export const createRuleSet = (
  reader: EventReader,
  memory: Memory,
  features: RuleFeatures | undefined,
  onHit: OnHit,
): RuleSet => {
  const groupings = new Map<string, Grouping>();
  let loaded: readonly Loaded[] = [];
  let views: readonly Shared[] = [];
  let dispatch: Dispatch<Shared> = { forEach: () => undefined };
  const found: Found[] = [];
  const left = createMoments();
  /** Things that an event can add to what is remembered, at most. */
  let mostPerEvent = 1;
  let latest = -Infinity;
  let looked = 0;

  const groupingOf = (columns: readonly string[]): Grouping => {
    const key = JSON.stringify(columns);
    const grouping = groupings.get(key) ?? createGrouping(columns, reader);
    groupings.set(key, grouping);
    return grouping;
  };

  const createShared = (
    rules: readonly [EventRule, ...EventRule[]],
    context: Omit<ViewContext, 'grouping'>,
  ): Shared => {
    const [first] = rules;
    const grouping = groupingOf(first.groupBy);
    const view = createView(rules, { ...context, grouping });
    return { view, grouping, first, rules: [], byFrame: new Map() };
  };

  const load = (rule: EventRule, place: number, after: number, shared: Shared): Loaded => {
    const onFeatures = rule.when.filter(isFeatureCondition);
    const frame = shared.view.frame(rule.window, lookAt(shared, found, left));
    const conditions = byCost(rule.when.filter((each) => !isFeatureCondition(each))).map((each) =>
      shared.view.condition(frame, each),
    );
    return {
      rule,
      place,
      meaning: meaningOf(rule),
      shared,
      frame,
      conditions,
      lasting: conditions.filter(({ isLasting }) => isLasting),
      actors: onFeatures.length === 0 ? null : actorsThat(onFeatures, features),
      lookedBefore: looked,
      wholeFrom: after === -Infinity ? null : wholeFrom(rule, after),
      hits: 0,
    };
  };

  const tell = (): void => {
    if (found.length > 1) found.sort(inOrderOfHits);
    for (const { loaded: which, rule, group, at } of found) {
      which.hits++;
      onHit(rule, group, at);
    }
    found.length = 0;
  };

  const advance = (moment: number): void => {
    for (const { view } of views) view.advance(moment);
    if (found.length > 0) tell();
  };

  /** Between two chunks. */
  const tidy = (moment: number): void => {
    for (const { view } of views) view.sweep(moment);
    for (const grouping of groupings.values()) grouping.sweep(moment);
    reader.sweep(moment);
  };

  const visit = ({ view }: Shared, places: Int32Array, count: number): void => view.see(places, count);

  return {
    advance,
    // So few that none is refused that would not be if they came one by one.
    room: () =>
      Math.max(
        1,
        Math.min(SWEEP_EVERY - (looked % SWEEP_EVERY), Math.floor((memory.limit - memory.used) / mostPerEvent)),
      ),
    see: () => {
      const { chunk } = reader;
      const first = chunk.times[0] ?? latest;
      chunk.stamp++;
      if (looked % SWEEP_EVERY === 0) {
        advance(first);
        tidy(first);
      } else if (chunk.length === 1) advance(first);
      looked += chunk.length;
      latest = chunk.times[chunk.length - 1] ?? latest;
      dispatch.forEach(visit);
      for (const grouping of groupings.values()) grouping.settle();
      reader.settle();
      if (chunk.length > 1) advance(latest); // the moment of one event alone is not over
    },
    replace: (rules, after) => {
      const before = new Map(loaded.map((each) => [each.meaning, each]));
      const made = new Map<string, Shared>();
      const begun: Begun[] = [];
      const maskOf = createMasks(reader);
      const onEvents = rules.filter((rule) => rule.over === 'events');
      /** The rules to begin with, by what views share. */
      const alike = new Map<string, readonly [EventRule, ...EventRule[]]>();
      for (const rule of onEvents) {
        if (before.has(meaningOf(rule))) continue;
        const key = viewKey(rule);
        alike.set(key, [...(alike.get(key) ?? []), rule] as const);
      }
      const next = onEvents.map((rule, place) => {
        const same = before.get(meaningOf(rule));
        if (same !== undefined) {
          same.place = place;
          return same;
        }
        const key = viewKey(rule);
        const shared = made.get(key) ?? createShared(alike.get(key) ?? [rule], { reader, maskOf, memory, after });
        made.set(key, shared);
        const one = load(rule, place, after, shared);
        if (one.wholeFrom !== null) begun.push({ rule: rule.id, wholeFrom: one.wholeFrom });
        return one;
      });
      const kept = new Set(next.map(({ shared }) => shared));
      for (const shared of views) if (!kept.has(shared)) shared.view.close();
      for (const shared of kept) {
        shared.rules = next.filter((each) => each.shared === shared);
        for (const [frame, own] of shared.byFrame) own.rules = shared.rules.filter((each) => each.frame === frame);
      }
      loaded = next;
      views = [...kept];
      for (const { interner } of reader.fields) interner.retention.reset();
      for (const grouping of groupings.values()) grouping.reset();
      for (const { view } of views) view.ask();
      mostPerEvent = views.reduce((sum, { view }) => sum + view.mostPerEvent(), 1);
      dispatch = createDispatch(
        views.map((shared) => ({ target: shared, where: shared.first.where })),
        reader,
        maskOf,
      );
      return begun;
    },
    counts: () => loaded.map((each) => countsOf(each, looked)),
  };
};
