import { dayMicros, microsOf } from '../../../core/rules/duration.ts';
import type {
  Comparison,
  Condition,
  EventFilter,
  EventRule,
  FeatureCondition,
  Hit,
  Rule,
  RuleFeatures,
} from '../../../core/rules/schema.ts';

/** An event as docs/rules.md speaks of it: what is missing is not there. */
export type Event = { readonly ts: number | null } & Readonly<Record<string, string | number | null>>;

/** The hits of rules over a log, word for word after docs/rules.md: every window is gathered anew. For tests only. */
export const naiveHits = (
  rules: readonly Rule[],
  events: readonly Event[],
  features: RuleFeatures | undefined,
  day: string,
): Hit[] =>
  rules
    .flatMap((rule) => (rule.over === 'actors' ? actorHits(rule, features, day) : eventHits(rule, events, features)))
    .sort((a, b) => {
      const left = [a.rule, a.at ?? -Infinity, ...a.group];
      const right = [b.rule, b.at ?? -Infinity, ...b.group];
      const i = left.findIndex((part, place) => part !== right[place]);
      return i < 0 ? 0 : (left[i] ?? 0) < (right[i] ?? 0) ? -1 : 1;
    });

type Timed = { readonly ts: number; readonly event: Event };

const eventHits = (rule: EventRule, events: readonly Event[], features: RuleFeatures | undefined): Hit[] => {
  const seen = events.flatMap((event): Timed[] => {
    const { ts } = event;
    if (ts === null || !rule.groupBy.every((column) => isThere(event, column))) return [];
    if (rule.where !== null && !meets(event, rule.where)) return [];
    if (rule.exclusions.some(({ ends, where }) => ts < startOf(ends) && meets(event, where))) return [];
    if (rule.expires !== null && ts >= startOf(rule.expires)) return [];
    return [{ ts, event }];
  });
  const groups = new Map<string, Timed[]>();
  for (const each of seen) {
    const key = JSON.stringify(rule.groupBy.map((column) => textOf(each.event, column)));
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const hits: Hit[] = [];
  for (const [key, own] of groups) {
    const group: string[] = JSON.parse(key);
    for (const { at, inside, moment } of windowsOf(rule, own)) {
      const context = { own, inside, moment, features, actor: group[rule.groupBy.indexOf('actor_id')] };
      if (rule.when.every((condition) => holds(condition, context))) hits.push({ rule: rule.id, group, at });
    }
  }
  return hits;
};

type WindowOf = {
  readonly at: number;
  readonly inside: (ts: number) => boolean;
  /** The moment t of a sliding window. */
  readonly moment: number | null;
};

const windowsOf = ({ window }: EventRule, own: readonly Timed[]): WindowOf[] => {
  const moments = [...new Set(own.map(({ ts }) => ts))];
  if (window.kind === 'event') return moments.map((t) => ({ at: t, inside: (ts) => ts === t, moment: null }));
  const length = microsOf(window.length);
  if (window.kind === 'sliding')
    return moments.map((t) => ({ at: t, inside: (ts) => ts > t - length && ts <= t, moment: t }));
  const starts = [...new Set(moments.map((t) => Math.floor(t / length) * length))];
  return starts.map((start) => ({ at: start, inside: (ts) => ts >= start && ts < start + length, moment: null }));
};

type Context = {
  readonly own: readonly Timed[];
  readonly inside: (ts: number) => boolean;
  readonly moment: number | null;
  readonly features: RuleFeatures | undefined;
  readonly actor: string | undefined;
};

const holds = (condition: Condition, { own, inside, moment, features, actor }: Context): boolean => {
  const all = own.filter(({ ts }) => inside(ts));
  const those = (where: EventFilter | null): Timed[] =>
    all.filter(({ event }) => where === null || meets(event, where));
  switch (condition.kind) {
    case 'count':
      return compares(those(condition.where).length, condition);
    case 'distinct': {
      const values = those(condition.where).flatMap(({ event }) => textOf(event, condition.column) ?? []);
      return compares(new Set(values).size, condition);
    }
    case 'sum': {
      const steps = those(condition.where).map(({ event }) => stepsOf(event[condition.column], condition.decimals));
      const total = steps.reduce((sum, each) => sum + each, 0n);
      // Of any size, other than the steps of a value: a bigint and a double compare exactly.
      const threshold = Math.floor(condition.value * 10 ** condition.decimals + 0.5);
      return compares(total < threshold ? -1 : total > threshold ? 1 : 0, { op: condition.op, value: 0 });
    }
    case 'ratio': {
      const among = those(condition.among);
      const of = among.filter(({ event }) => meets(event, condition.of));
      return among.length > 0 && compares(of.length / among.length, condition);
    }
    case 'sequence':
      return follows(condition.steps, all, moment);
    case 'firstSeen': {
      const lookback = microsOf(condition.lookback);
      const firsts = those(condition.where).filter(({ ts, event }) => {
        const value = textOf(event, condition.column);
        if (value === null) return false;
        return !own.some(
          (other) => other.ts >= ts - lookback && other.ts < ts && textOf(other.event, condition.column) === value,
        );
      });
      return compares(firsts.length, condition);
    }
    case 'feature':
    case 'percentile':
      return actor !== undefined && featureHolds(condition, features, actor);
  }
};

/**
 * Whether steps are met one after the other, each strictly later than the one before; the last at `moment`, if there is
 * one. By the moments at which each step can be met after those before it: to walk every chain of events takes as many
 * ways as there are chains.
 */
const follows = (steps: readonly EventFilter[], events: readonly Timed[], moment: number | null): boolean => {
  let met = new Set([-Infinity]);
  for (const step of steps) {
    const before = met;
    const comesLater = (ts: number): boolean => [...before].some((earlier) => earlier < ts);
    met = new Set(events.filter(({ ts, event }) => meets(event, step) && comesLater(ts)).map(({ ts }) => ts));
  }
  return moment === null ? met.size > 0 : met.has(moment);
};

const actorHits = (rule: Extract<Rule, { over: 'actors' }>, features: RuleFeatures | undefined, day: string): Hit[] => {
  if (features === undefined) return [];
  const today = startOf(day);
  if (rule.expires !== null && today >= startOf(rule.expires)) return [];
  return features.actors
    .filter((actor) => rule.when.every((condition) => featureHolds(condition, features, actor)))
    .filter(
      (actor) =>
        !rule.exclusions.some(
          ({ ends, when }) =>
            today < startOf(ends) && when.every((condition) => featureHolds(condition, features, actor)),
        ),
    )
    .map((actor) => ({ rule: rule.id, group: [actor], at: null }));
};

const featureHolds = (condition: FeatureCondition, features: RuleFeatures | undefined, actor: string): boolean => {
  const values = features?.columns.get(condition.feature);
  const own = values?.[features?.actors.indexOf(actor) ?? -1] ?? Number.NaN;
  if (values === undefined || Number.isNaN(own)) return false;
  if (condition.kind === 'feature') return compares(own, condition);
  const having = [...values].filter((value) => !Number.isNaN(value));
  return compares((100 * having.filter((value) => value < own).length) / having.length, condition);
};

const meets = (event: Event, filter: EventFilter): boolean => {
  if ('all' in filter) return filter.all.every((part) => meets(event, part));
  if ('any' in filter) return filter.any.some((part) => meets(event, part));
  if ('not' in filter) return !meets(event, filter.not);
  const value = event[filter.column];
  switch (filter.op) {
    case 'present':
      return isThere(event, filter.column);
    case '=':
      return isThere(event, filter.column) && value === filter.value;
    case 'in':
      return typeof value === 'string' && filter.values.includes(value);
    default:
      return typeof value === 'number' && compares(value, filter);
  }
};

const compares = (left: number, { op, value }: { readonly op: Comparison; readonly value: number }): boolean =>
  ({ '>=': left >= value, '>': left > value, '<=': left <= value, '<': left < value, '=': left === value })[op];

const isThere = (event: Event, column: string): boolean => {
  const value = event[column];
  return value !== null && value !== undefined && !Number.isNaN(value);
};

const textOf = (event: Event, column: string): string | null => (isThere(event, column) ? String(event[column]) : null);

const stepsOf = (value: string | number | null | undefined, decimals: number): bigint => {
  if (typeof value !== 'number') return 0n;
  const steps = Math.floor(value * 10 ** decimals + 0.5);
  return Math.abs(steps) <= 2 ** 53 ? BigInt(steps) : 0n;
};

const startOf = (day: string): number => {
  const micros = dayMicros(day);
  if (micros === undefined) throw new Error(`no day: ${day}`);
  return micros;
};
