import type { EventRule, Rule, RuleFeatures } from '../schema.ts';
import { compareGroups } from './compare-groups.ts';
import { isFeatureCondition, type WindowCondition } from './compile-condition.ts';
import type { ConditionState } from './conditions/condition.ts';
import { createDispatch, type Dispatch } from './dispatch.ts';
import type { EventReader } from './event-reader.ts';
import { actorsThat } from './features.ts';
import { createGrouping, type Grouping } from './grouping.ts';
import type { Memory } from './memory.ts';
import type { Frame, Look } from './frame.ts';
import { meaningOf, wholeFrom } from './rule-meaning.ts';
import { createView, viewKey, type Unseen, type View } from './view.ts';

/** What became of the events that were looked at since a rule was loaded: looked = seen + all that are unseen. */
export type RuleCounts = {
  readonly rule: string;
  readonly looked: number;
  readonly seen: number;
  readonly unseen: Readonly<Unseen>;
  readonly hits: number;
  /** The moment (µs) from which its windows are whole; null: since the first event. */
  readonly wholeFrom: number | null;
};

/** A rule that `replace` began anew, and the moment (µs) from which its windows are whole. */
export type Begun = { readonly rule: string; readonly wholeFrom: number };

/** The rules that run. */
export type RuleSet = {
  /**
   * Puts these rules in the place of those that run; one that says the same as before stays as it is, others see the events
   * after a moment.
   */
  replace(rules: readonly Rule[], after: number): readonly Begun[];
  /** Takes in the reader's present event; times never go back. */
  see(at: number): void;
  /** Tells that no event before a moment will come any more. */
  advance(moment: number): void;
  counts(): readonly RuleCounts[];
};

/** Told of a hit; those of one moment come in the order of the rules and of their groups. */
export type OnHit = (rule: EventRule, group: readonly string[], at: number) => void;

type Loaded = {
  readonly rule: EventRule;
  /** Its place among the rules. */
  place: number;
  /** What decides over its hits, as text. */
  readonly meaning: string;
  readonly shared: Shared;
  readonly frame: Frame;
  readonly conditions: readonly ConditionState[];
  /** The actors whose features meet its conditions; null where it has none. */
  readonly actors: ReadonlySet<string> | null;
  readonly lookedBefore: number;
  readonly wholeFrom: number | null;
  hits: number;
};

/** A view with the rules that share it. */
type Shared = {
  readonly view: View;
  readonly grouping: Grouping;
  readonly first: EventRule;
  rules: readonly Loaded[];
  readonly byFrame: Map<Frame, { rules: readonly Loaded[] }>;
};

type Found = { readonly loaded: Loaded; readonly group: readonly string[]; readonly at: number };

/** Events after which what is over is looked for. */
const SWEEP_EVERY = 256;

export const createRuleSet = (
  reader: EventReader,
  memory: Memory,
  features: RuleFeatures | undefined,
  onHit: OnHit,
): RuleSet => {
  const groupings = new Map<string, Grouping>();
  let loaded: readonly Loaded[] = [];
  let views: readonly Shared[] = [];
  let dispatch: Dispatch<Shared> = createDispatch([], reader);
  /** The views that have events of the open moment: the first so many; the array is never made anew. */
  let touched: Shared[] = [];
  let touchedCount = 0;
  let found: Found[] = [];
  let openMoment = -Infinity;
  let nextWindowEnd = Infinity;
  let looked = 0;

  const groupingOf = (columns: readonly string[]): Grouping => {
    const key = JSON.stringify(columns);
    const grouping = groupings.get(key) ?? createGrouping(columns, reader);
    groupings.set(key, grouping);
    return grouping;
  };

  const createShared = (rule: EventRule, after: number): Shared => {
    const grouping = groupingOf(rule.groupBy);
    const view = createView(rule, reader, grouping, memory, after);
    return { view, grouping, first: rule, rules: [], byFrame: new Map() };
  };

  const lookAt =
    (shared: Shared) =>
    (frame: Frame): Look => {
      const own: { rules: readonly Loaded[] } = { rules: [] };
      shared.byFrame.set(frame, own);
      return (slot, at) => {
        for (const each of own.rules) {
          if (!holds(each.conditions, slot, at)) continue;
          const group = shared.grouping.textsOf(shared.view.groupOf(slot));
          if (each.actors?.has(group[each.rule.groupBy.indexOf('actor_id')] ?? '') === false) continue;
          found.push({ loaded: each, group, at });
        }
      };
    };

  const load = (rule: EventRule, place: number, after: number, shared: Shared): Loaded => {
    const onFeatures = rule.when.filter(isFeatureCondition);
    const frame = shared.view.frame(rule.window, lookAt(shared));
    return {
      rule,
      place,
      meaning: meaningOf(rule),
      shared,
      frame,
      conditions: byCost(rule.when.filter((each) => !isFeatureCondition(each))).map((each) =>
        shared.view.condition(frame, each),
      ),
      actors: onFeatures.length === 0 ? null : actorsThat(onFeatures, features),
      lookedBefore: looked,
      wholeFrom: after === -Infinity ? null : wholeFrom(rule, after),
      hits: 0,
    };
  };

  const tell = (): void => {
    if (found.length === 0) return;
    if (found.length > 1) found.sort(inOrder);
    for (const { loaded: which, group, at } of found) {
      which.hits++;
      onHit(which.rule, group, at);
    }
    found = [];
  };

  const endMoment = (): void => {
    for (let i = 0; i < touchedCount; i++) {
      const { view } = touched[i]!; // hot: below the count
      view.endMoment(openMoment);
      nextWindowEnd = Math.min(nextWindowEnd, view.windowEnd());
    }
    touchedCount = 0;
    tell();
  };

  /** Between two events. */
  const tidy = (): void => {
    for (const { view } of views) view.sweep(openMoment);
    for (const grouping of groupings.values()) grouping.sweep();
    reader.sweep();
  };

  const endWindows = (moment: number): void => {
    nextWindowEnd = Infinity;
    for (const { view } of views) {
      view.endWindows(moment);
      nextWindowEnd = Math.min(nextWindowEnd, view.windowEnd());
    }
    tell();
  };

  const visit = (shared: Shared): void => {
    if (shared.view.see(openMoment)) touched[touchedCount++] = shared;
  };

  const advance = (moment: number): void => {
    if (openMoment < moment && touchedCount > 0) endMoment();
    if (nextWindowEnd <= moment) endWindows(moment);
  };

  return {
    advance,
    see: (at) => {
      if (at > openMoment) {
        advance(at);
        openMoment = at;
      }
      if (looked % SWEEP_EVERY === 0) tidy();
      looked++;
      dispatch.forEach(visit);
    },
    replace: (rules, after) => {
      const before = new Map(loaded.map((each) => [each.meaning, each]));
      const made = new Map<string, Shared>();
      const begun: Begun[] = [];
      const next = rules
        .filter((rule) => rule.over === 'events')
        .map((rule, place) => {
          const same = before.get(meaningOf(rule));
          if (same !== undefined) {
            same.place = place;
            return same;
          }
          const key = viewKey(rule);
          const shared = made.get(key) ?? createShared(rule, after);
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
      touched = touched.slice(0, touchedCount).filter((shared) => kept.has(shared));
      touchedCount = touched.length;
      dispatch = createDispatch(
        views.map((shared) => ({ target: shared, where: shared.first.where })),
        reader,
      );
      return begun;
    },
    counts: () =>
      loaded.map(({ rule, shared, hits, lookedBefore, wholeFrom: from }) => {
        const { seen, ...unseen } = shared.view.counts;
        const since = looked - lookedBefore;
        const told = seen + unseen.ungrouped + unseen.excluded + unseen.expired + unseen.before + unseen.refused;
        return {
          rule: rule.id,
          looked: since,
          seen,
          unseen: { ...unseen, filtered: since - told },
          hits,
          wholeFrom: from,
        };
      }),
  };
};

/** The cheapest first: mostly the first that does not hold is the only one looked at. */
const byCost = (conditions: readonly WindowCondition[]): readonly WindowCondition[] =>
  conditions.toSorted((a, b) => COSTS.indexOf(a.kind) - COSTS.indexOf(b.kind));
const COSTS: readonly WindowCondition['kind'][] = ['sequence', 'count', 'firstSeen', 'distinct', 'sum', 'ratio'];

const holds = (conditions: readonly ConditionState[], slot: number, at: number): boolean => {
  for (const condition of conditions) if (!condition.holds(slot, at)) return false;
  return true;
};

const inOrder = (a: Found, b: Found): number => {
  const byRule = a.loaded.place - b.loaded.place;
  return byRule !== 0 ? byRule : compareGroups(a.group, b.group);
};
