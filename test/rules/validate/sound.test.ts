import fc from 'fast-check';
import { expect, it } from 'vitest';

import type { Condition, EventExclusion, EventFilter, EventRule, RuleFeatures } from '../../../core/rules/schema.ts';
import { VALIDATORS } from '../../../core/rules/validate/validate.ts';
import type { Fault } from '../../../core/rules/validate/validator.ts';
import { naiveHits, type Event } from '../run/naive.ts';
import { plainRule } from '../plain-rule.ts';

// What a validator says of a rule is held against what the rule hits, by the naive reading of docs/rules.md: a rule that
// "can never hold" hits nobody, and a part that "says nothing" can go without a change.

const column = fc.constantFrom('action', 'country');
const value = fc.constantFrom('a', 'b');
const op = fc.constantFrom('>=', '>', '<=', '<', '=' as const);

const leaf: fc.Arbitrary<EventFilter> = fc.oneof(
  fc.record({ column, op: fc.constant('=' as const), value }),
  fc.record({ column, op: fc.constant('in' as const), values: fc.uniqueArray(value, { minLength: 1 }) }),
  fc.record({
    column: fc.constant('amount'),
    op: fc.constantFrom('<', '<=', '>', '>=' as const),
    value: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ column: fc.constantFrom('action', 'country', 'amount'), op: fc.constant('present' as const) }),
);
const part = fc.oneof(
  leaf,
  leaf.map((not): EventFilter => ({ not })),
);
const filter: fc.Arbitrary<EventFilter> = fc.oneof(
  part,
  fc.array(part, { minLength: 2, maxLength: 3 }).map((all) => ({ all })),
  fc.array(part, { minLength: 2, maxLength: 2 }).map((any) => ({ any })),
);
const where = fc.option(filter, { nil: null });
const small = fc.integer({ min: -1, max: 4 });

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), where, op, value: small }),
  fc.record({
    kind: fc.constant('distinct' as const),
    column: fc.constantFrom('action', 'actor_id'),
    where,
    op,
    value: small,
  }),
  fc.record({
    kind: fc.constant('sum' as const),
    column: fc.constant('amount'),
    where,
    decimals: fc.constant(0),
    unit: fc.constant(''),
    op,
    value: small,
  }),
  fc.record({
    kind: fc.constant('ratio' as const),
    of: filter,
    among: where,
    op,
    value: fc.constantFrom(-0.5, 0, 0.5, 1, 1.5),
  }),
  fc.record({ kind: fc.constant('firstSeen' as const), column, lookback: fc.constant('1m'), where, op, value: small }),
  fc.record({
    kind: fc.constant('percentile' as const),
    feature: fc.constant('f'),
    op,
    value: fc.constantFrom(-1, 0, 50, 100, 101),
  }),
  fc.record({
    kind: fc.constant('feature' as const),
    feature: fc.constant('f'),
    op,
    value: fc.constantFrom(0, 0.5, 1, 2),
    unit: fc.constant('share'),
  }),
);

const rule: fc.Arbitrary<EventRule> = fc
  .record({
    where,
    window: fc.constantFrom(
      { kind: 'event' },
      { kind: 'sliding', length: '5s' },
      { kind: 'tumbling', length: '5s' },
    ) as fc.Arbitrary<EventRule['window']>,
    when: fc.array(condition, { minLength: 1, maxLength: 3 }),
    exclusions: fc.array(
      filter.map((each): EventExclusion => ({ where: each, owner: 'o', reason: 'r', ends: '2199-01-01' })),
      { maxLength: 1 },
    ),
  })
  .map((parts) => plainRule(parts));

const event: fc.Arbitrary<Event> = fc.record({
  ts: fc.integer({ min: 0, max: 12 }).map((s) => s * 1e6),
  actor_id: fc.constantFrom('x', 'y'),
  action: fc.constantFrom('a', 'b', null),
  country: fc.constantFrom('a', 'b', null),
  amount: fc.constantFrom(0, 1, 2, 3, null),
});

const FEATURES: RuleFeatures = {
  actors: ['x', 'y', 'z'],
  columns: new Map([['f', Float64Array.of(0, 1, Number.NaN)]]),
};
const VOCABULARY = { features: [{ name: 'f', unit: 'share', sentence: 'F.' }] };
const DAY = '2026-01-01';

const faultsOf = (each: EventRule, code: string): readonly Fault[] =>
  VALIDATORS.find((validator) => validator.code === code)?.check(each, {
    vocabulary: VOCABULARY,
    day: DAY,
    before: [],
  }) ?? [];

const hits = (each: EventRule, events: readonly Event[]) => naiveHits([each], events, FEATURES, DAY);

/** The rule without a part: a condition, a comparison of an `all`, or the whole `where` of a condition. */
const without = (each: EventRule, at: string): EventRule | undefined => {
  const copy = structuredClone(each);
  const keys = at.split('.');
  const last = keys.at(-1) ?? '';
  let around: unknown = copy;
  for (const key of keys.slice(0, -1)) around = (around as Record<string, unknown>)[key];
  if (Array.isArray(around)) {
    if (around.length < 2) return undefined;
    around.splice(Number(last), 1);
  } else if (last === 'where') (around as { where: null }).where = null;
  else return undefined;
  return copy;
};

const seen = new Map<string, number>();

it.each(['contradiction', 'never-true', 'excludes-everything', 'window-too-short'])(
  '%s: the rule hits nobody',
  (code) => {
    fc.assert(
      fc.property(rule, fc.array(event, { minLength: 4, maxLength: 14 }), (each, events) => {
        const faults = faultsOf(each, code).filter(({ at }) => /^(?:when\.\d+|where.*|exclusions.*)$/.test(at));
        // A comparison that no event meets inside an `any` or a denial leaves the others.
        const isSure = faults.some(({ at }) => code !== 'contradiction' || /^when\.\d+$|^where\.all\.\d+$/.test(at));
        if (!isSure) return;
        seen.set(code, (seen.get(code) ?? 0) + 1);
        expect(hits(each, events)).toEqual([]);
      }),
      { numRuns: 6000 },
    );
  },
);

it.each(['redundancy', 'always-true'])('%s: the part can go', (code) => {
  fc.assert(
    fc.property(rule, fc.array(event, { minLength: 4, maxLength: 14 }), (each, events) => {
      for (const { at, message } of faultsOf(each, code)) {
        if (/wherever there is|actor with a value/.test(message)) continue;
        const rest = without(each, at);
        if (rest === undefined) continue;
        seen.set(code, (seen.get(code) ?? 0) + 1);
        expect({ at, hits: hits(rest, events) }).toEqual({ at, hits: hits(each, events) });
      }
    }),
    { numRuns: 6000 },
  );
});

it('looked at all of them in number', () => {
  for (const code of ['contradiction', 'never-true', 'excludes-everything', 'redundancy', 'always-true']) {
    expect(seen.get(code) ?? 0, code).toBeGreaterThan(20);
  }
});
