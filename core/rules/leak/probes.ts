import { conditionsOf, filtersOf, nodesOf } from '../form/filters-of.ts';
import { literalsOf } from '../form/literals-of.ts';
import type { Condition, EventFilter, EventRule, FeatureCondition, Rule } from '../schema.ts';

/**
 * What must be asked of a case to know whether a rule leaks, as rules: whom each of them hits is the evidence. `firing` and
 * `seen` (the other side with it) or `other` are ids of `rules`.
 */
export type Probes = {
  readonly rules: readonly Rule[];
  readonly whole: string;
  readonly seen: string;
  readonly withoutExclusion: readonly string[];
  readonly literals: readonly { readonly path: string; readonly firing: string }[];
  readonly parts: readonly Part[];
};

export type Part = { readonly path: string; readonly firing: string } & (
  | { readonly other: string }
  | { readonly seen: string }
);

/** The probes of a rule; two with one meaning are one rule. */
export const probesOf = (rule: Rule): Probes => {
  const ids = new Map<string, string>();
  const rules: Rule[] = [];
  const ask = (probe: Rule): string => {
    const key = JSON.stringify(probe);
    const known = ids.get(key);
    if (known !== undefined) return known;
    const id = `probe_${rules.length}`;
    ids.set(key, id);
    rules.push({ ...probe, id });
    return id;
  };
  const bare = plain(rule);
  const seen = ask(seenBy(bare));
  const conditions = conditionsOf(rule).flatMap(({ path, condition }): readonly Part[] => {
    if ('feature' in condition) {
      return [{ path, firing: ask(ofActors([condition])), seen: ask(ofActors([hasValue(condition.feature)])) }];
    }
    return bare.over === 'events' ? [{ path, firing: ask({ ...bare, when: [condition] }), seen }] : [];
  });
  const filters = filtersOf(rule)
    .flatMap(nodesOf)
    .map(({ path, filter }): Part => ({ path, firing: ask(meeting(filter)), other: ask(meeting(opposite(filter))) }));
  return {
    rules,
    whole: ask(lasting(rule, () => true)),
    seen,
    withoutExclusion: rule.exclusions.map((_, i) => ask(lasting(rule, (place) => place !== i))),
    literals: literalsOf(rule).flatMap(({ path, column, value }) =>
      typeof value === 'string' ? [{ path, firing: ask(meeting({ column, op: '=', value })) }] : [],
    ),
    parts: [...conditions, ...filters],
  };
};

const COMMON = {
  id: '',
  title: 'probe',
  intent: '',
  author: '',
  severity: 'informational',
  effect: { kind: 'review' },
  expires: null,
  falsePositives: [],
} as const;

/** The rule without what does not tell whom it is about: names, ends, exclusions. */
const plain = (rule: Rule): Rule => ({ ...rule, ...COMMON, exclusions: [] });

/** Longest window: one hit per group and year is enough to know who has such an event. */
const YEARS = { kind: 'tumbling', length: '366d' } as const;
const SOME: Condition = { kind: 'count', where: null, op: '>=', value: 1 };

/** Everybody whom the rule looks at. */
const seenBy = (rule: Rule): Rule =>
  rule.over === 'actors'
    ? ofActors(rule.when.map(({ feature }) => hasValue(feature)))
    : { ...rule, window: YEARS, when: [SOME] };

const ofActors = (when: readonly FeatureCondition[]): Rule => ({ ...COMMON, over: 'actors', when, exclusions: [] });

/** Holds for every actor with a value: nobody has a percentile below 0. */
const hasValue = (feature: string): FeatureCondition => ({ kind: 'percentile', feature, op: '>=', value: 0 });

/** Actors with an event that meets the filter. */
const meeting = (filter: EventFilter): EventRule => ({
  ...COMMON,
  over: 'events',
  groupBy: ['actor_id'],
  where: filter,
  window: YEARS,
  when: [SOME],
  exclusions: [],
});

/** Of a comparison of numbers: a value on the other side, not a missing one. */
const opposite = (filter: EventFilter): EventFilter => {
  const isNumeric = 'value' in filter && typeof filter.value === 'number';
  return isNumeric ? { all: [{ column: filter.column, op: 'present' }, { not: filter }] } : { not: filter };
};

/** The rule with some of its exclusions, without ends: whom it hits does not depend on the day on which this is asked. */
const lasting = (rule: Rule, isKept: (place: number) => boolean): Rule => {
  const kept = <T>(exclusions: readonly T[]): readonly T[] =>
    exclusions.filter((_, i) => isKept(i)).map((exclusion) => ({ ...exclusion, ends: FAR }));
  return rule.over === 'events'
    ? { ...rule, id: '', expires: null, exclusions: kept(rule.exclusions) }
    : { ...rule, id: '', expires: null, exclusions: kept(rule.exclusions) };
};

/** The last century whose microseconds since 1970 are exact. */
const FAR = '2200-01-01';
