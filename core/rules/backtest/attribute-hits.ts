import { microsOf } from '../duration.ts';
import type { EventRule, Hit } from '../schema.ts';
import { dayOf, startOfDay } from './days.ts';
import { ACTOR, createTally, type RuleHits } from './rule-hits.ts';

/**
 * A rule that does not group by actor hits groups; an actor has part in a hit when an event of theirs that the rule sees lies
 * in its window. This rule has one hit per group, actor and moment of such an event, by the same engine.
 */
export const presenceRule = (rule: EventRule): EventRule => ({
  ...rule,
  groupBy: [...rule.groupBy, ACTOR],
  window: { kind: 'event' },
  when: [{ kind: 'count', where: null, op: '>=', value: 1 }],
});

/** Finds out who has part in which hits: `seen` takes the hits of the presence rule, of each group in order of time. */
export const attributeHits = (
  rule: EventRule,
  hits: readonly Hit[],
): { readonly seen: (presence: Hit) => void; readonly done: () => RuleHits } => {
  const tally = createTally();
  const groups = new Map<string, number[]>();
  for (const { group, at } of hits) {
    tally.hit(at);
    const times = groups.get(JSON.stringify(group)) ?? [];
    groups.set(JSON.stringify(group), times);
    times.push(at ?? 0);
  }
  for (const times of groups.values()) times.sort((a, b) => a - b);
  const length = rule.window.kind === 'event' ? 1 : microsOf(rule.window.length);
  // The first hit of a group that an event at t has part in, and the first after it that it has no part in.
  const [from, to] =
    rule.window.kind === 'tumbling'
      ? [(t: number) => t - length + 1, (t: number) => t + 1]
      : [own, (t: number) => t + length];
  /** By group and actor: hits before this one are counted. */
  const counted = new Map<string, number>();
  return {
    seen: ({ group, at }) => {
      const times = groups.get(JSON.stringify(group.slice(0, -1)));
      const actor = group.at(-1);
      if (times === undefined || actor === undefined || at === null) return;
      const key = JSON.stringify(group);
      const first = Math.max(lowerBound(times, from(at)), counted.get(key) ?? 0);
      const end = lowerBound(times, to(at));
      if (end <= first) return;
      counted.set(key, end);
      tally.actor(actor, end - first, times[first] ?? 0, daysOf(times, first, end));
    },
    done: tally.done,
  };
};

const own = (t: number): number => t;

/** The first place whose time is not before t. */
const lowerBound = (times: readonly number[], t: number): number => {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < t) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Days of the times at `first` to `end`, each once, without looking at every time. */
const daysOf = (times: readonly number[], first: number, end: number): number[] => {
  const days: number[] = [];
  for (let i = first; i < end;) {
    const day = dayOf(times[i] ?? 0);
    days.push(day);
    i = Math.max(i + 1, lowerBound(times, startOfDay(day + 1)));
  }
  return days;
};
