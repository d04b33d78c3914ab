import type { Comparison, Condition, EventFilter, EventRule, Hit, Rule } from '../../../../core/rules/schema.ts';
import { dayMicros, microsOf } from '../../../../core/rules/duration.ts';

/*
 * What docs/rules.md says, word by word and without a thought for speed: a second opinion beside the engine, and what the
 * exported queries are held against.
 */

export type Cell = string | number | null;
/** `ts` in µs; a column that is not there is missing. */
export type Event = { readonly ts: number | null } & Readonly<Record<string, Cell>>;
/** Features of actors; null and NaN are missing. */
export type Features = Readonly<Record<string, Readonly<Record<string, number | null>>>>;

/** The hits of a rule, sorted by group and moment. */
export const oracle = (rule: Rule, events: readonly Event[], features: Features, today = 0): readonly Hit[] => {
  if (rule.over === 'events') return sortHits(eventHits(rule, events, features));
  if (rule.expires !== null && today >= start(rule.expires)) return [];
  const hits = Object.keys(features).filter((actor) => {
    const holds = (condition: Condition): boolean => ofActor(condition, actor, features);
    const isExcluded = rule.exclusions.some(({ when, ends }) => today < start(ends) && when.every(holds));
    return rule.when.every(holds) && !isExcluded;
  });
  return sortHits(hits.map((actor) => ({ rule: rule.id, group: [actor], at: null })));
};

export const sortHits = (hits: readonly Hit[]): readonly Hit[] => {
  const key = (hit: Hit): string => JSON.stringify(hit.group);
  return hits.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : (a.at ?? 0) - (b.at ?? 0)));
};

const eventHits = (rule: EventRule, events: readonly Event[], features: Features): readonly Hit[] => {
  const groups = new Map<string, Seen[]>();
  for (const event of events) {
    const { ts } = event;
    if (ts === null) continue;
    const keys = rule.groupBy.map((column) => asText(event[column]));
    if (keys.some((key) => key === null)) continue;
    if (rule.where !== null && !meets(rule.where, event)) continue;
    if (rule.exclusions.some(({ where, ends }) => ts < start(ends) && meets(where, event))) continue;
    if (rule.expires !== null && ts >= start(rule.expires)) continue;
    const group = JSON.stringify(keys);
    groups.set(group, [...(groups.get(group) ?? []), { ts, event }]);
  }
  return [...groups].flatMap(([key, seen]) => {
    const group: readonly string[] = JSON.parse(key);
    const actor = group[rule.groupBy.indexOf('actor_id')] ?? '';
    return windowsOf(rule, seen)
      .filter(({ at, inside }) =>
        rule.when.every((condition) => {
          if (condition.kind === 'feature' || condition.kind === 'percentile')
            return ofActor(condition, actor, features);
          return holdsIn(condition, rule, inside, seen, at);
        }),
      )
      .map(({ at }) => ({ rule: rule.id, group, at }));
  });
};

type Seen = { readonly ts: number; readonly event: Event };
type Opened = { readonly at: number; readonly inside: readonly Seen[] };

const windowsOf = ({ window }: EventRule, seen: readonly Seen[]): readonly Opened[] => {
  const times = [...new Set(seen.map(({ ts }) => ts))];
  const between = (from: number, to: number): readonly Seen[] => seen.filter(({ ts }) => ts >= from && ts < to);
  if (window.kind === 'event') return times.map((t) => ({ at: t, inside: between(t, t + 1) }));
  const length = microsOf(window.length);
  if (window.kind === 'sliding') return times.map((t) => ({ at: t, inside: between(t - length + 1, t + 1) }));
  const starts = [...new Set(times.map((t) => Math.floor(t / length) * length))];
  return starts.map((at) => ({ at, inside: between(at, at + length) }));
};

type OfWindow = Exclude<Condition, { readonly feature: string }>;

const holdsIn = (
  condition: OfWindow,
  rule: EventRule,
  inside: readonly Seen[],
  all: readonly Seen[],
  t: number,
): boolean => {
  const meeting = (filter: EventFilter | null): readonly Seen[] =>
    inside.filter(({ event }) => filter === null || meets(filter, event));
  switch (condition.kind) {
    case 'count':
      return compares(meeting(condition.where).length, condition);
    case 'distinct': {
      const values = meeting(condition.where).map(({ event }) => asText(event[condition.column]));
      return compares(new Set(values.filter((value) => value !== null)).size, condition);
    }
    case 'sum': {
      const sum = meeting(condition.where).reduce((total, { event }) => {
        const value = asNumber(event[condition.column]);
        return total + BigInt(value === null ? 0 : steps(value, condition.decimals));
      }, 0n);
      const threshold = Math.floor(condition.value * 10 ** condition.decimals + 0.5);
      return compares(sum < threshold ? -1 : sum > threshold ? 1 : 0, { op: condition.op, value: 0 });
    }
    case 'ratio': {
      const among = meeting(condition.among);
      const of = among.filter(({ event }) => meets(condition.of, event));
      return among.length > 0 && compares(of.length / among.length, condition);
    }
    case 'sequence': {
      const chain = (k: number, before: number): boolean => {
        const step = condition.steps[k];
        if (step === undefined) return true;
        return inside.some(({ ts, event }) => ts < before && meets(step, event) && chain(k - 1, ts));
      };
      const last = condition.steps.length - 1;
      if (rule.window.kind !== 'sliding') return chain(last, Infinity);
      return inside.some(
        ({ ts, event }) => ts === t && meets(condition.steps[last] ?? { all: [] }, event) && chain(last - 1, ts),
      );
    }
    case 'firstSeen': {
      const lookback = microsOf(condition.lookback);
      const fresh = meeting(condition.where).filter(({ ts, event }) => {
        const value = asText(event[condition.column]);
        if (value === null) return false;
        return !all.some(
          (other) => other.ts < ts && other.ts >= ts - lookback && asText(other.event[condition.column]) === value,
        );
      });
      return compares(fresh.length, condition);
    }
  }
};

const ofActor = (condition: Condition, actor: string, features: Features): boolean => {
  if (condition.kind !== 'feature' && condition.kind !== 'percentile') return false;
  const valueOf = (of: string): number | null => asNumber(features[of]?.[condition.feature]);
  const value = valueOf(actor);
  if (value === null) return false;
  if (condition.kind === 'feature') return compares(value, condition);
  const having = Object.keys(features)
    .map(valueOf)
    .filter((x) => x !== null);
  return compares((100 * having.filter((x) => x < value).length) / having.length, condition);
};

/** Whether an event meets a filter. */
export const meets = (filter: EventFilter, event: Event): boolean => {
  if ('all' in filter) return filter.all.every((part) => meets(part, event));
  if ('any' in filter) return filter.any.some((part) => meets(part, event));
  if ('not' in filter) return !meets(filter.not, event);
  const value = event[filter.column] ?? null;
  if (filter.op === 'present') return asText(value) !== null;
  if (filter.op === 'in') return typeof value === 'string' && filter.values.includes(value);
  if (typeof filter.value === 'string') return value === filter.value;
  const number = asNumber(value);
  return number !== null && compares(number, { op: filter.op, value: filter.value });
};

const compares = (left: number, { op, value }: { readonly op: Comparison; readonly value: number }): boolean =>
  op === '>='
    ? left >= value
    : op === '>'
      ? left > value
      : op === '<='
        ? left <= value
        : op === '<'
          ? left < value
          : left === value;

const steps = (value: number, decimals: number): number => {
  const whole = Math.floor(value * 10 ** decimals + 0.5);
  return Math.abs(whole) <= 2 ** 53 ? whole : 0;
};

const asNumber = (value: Cell | undefined): number | null =>
  typeof value === 'number' && !Number.isNaN(value) ? value : null;
const asText = (value: Cell | undefined): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' && !Number.isNaN(value) ? String(value) : null;
const start = (day: string): number => dayMicros(day) ?? Number.NaN;
