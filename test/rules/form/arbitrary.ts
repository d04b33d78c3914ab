import fc from 'fast-check';

import type { Condition, EventFilter, FeatureCondition, Rule } from '../../../core/rules/schema.ts';

/** Texts of all kinds: quotes, controls, bidi marks, lone surrogates, other scripts. */
const anyText = (most: number, least = 0): fc.Arbitrary<string> =>
  fc
    .oneof(
      fc.string({ unit: 'grapheme', minLength: least, maxLength: Math.min(most, 20) }),
      fc
        .array(
          fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 10, 34, 92, 96, 0x202e, 0xd800, 0xfeff)),
          {
            minLength: least,
            maxLength: Math.min(most, 20),
          },
        )
        .map((units) => String.fromCharCode(...units)),
    )
    .filter((text) => text.length >= least && text.length <= most);

const name = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('actor_id', 'action', 'object_id', 'ip', 'country', 'amount', 'c_plan', 'm_size'),
  },
  { weight: 1, arbitrary: fc.constantFrom('where', 'and', 'rule', 'in', 'c_user role', 'c_`x`') },
  { weight: 1, arbitrary: anyText(40, 1) },
);
const number = fc
  .oneof(
    fc.integer({ min: -1000, max: 1000 }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constantFrom(0.1, 1e21, 5e-324, Number.MAX_VALUE, 2 ** 53),
  )
  .map((x) => (x === 0 ? 0 : x));
const op = fc.constantFrom('>=', '>', '<=', '<', '=' as const);
const id = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/);
const day = fc
  .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const duration = fc.oneof(
  fc.constantFrom('90s', '10m', '1h', '30d', '1s', '60m', '366d', '1m'),
  fc.integer({ min: 1, max: 8784 }).map((n) => `${n}h`),
);

export const anyFilter: fc.Arbitrary<EventFilter> = fc.letrec<{ filter: EventFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', maxDepth: 5, withCrossShrink: true },
    fc.oneof(
      fc.record({ column: name, op: fc.constant('=' as const), value: fc.oneof(anyText(30), number) }),
      fc.record({ column: name, op: fc.constant('in' as const), values: fc.array(anyText(20), { maxLength: 4 }) }),
      fc.record({ column: name, op: fc.constantFrom('<', '<=', '>', '>=' as const), value: number }),
      fc.record({ column: name, op: fc.constant('present' as const) }),
    ),
    fc.record({ all: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter;

const where = fc.option(anyFilter, { nil: null });

export const anyFeatureCondition: fc.Arbitrary<FeatureCondition> = fc.oneof(
  fc.record({ kind: fc.constant('feature' as const), feature: name, op, value: number, unit: anyText(20) }),
  fc.record({ kind: fc.constant('percentile' as const), feature: name, op, value: number }),
);

export const anyCondition: fc.Arbitrary<Condition> = fc.oneof(
  anyFeatureCondition,
  fc.record({ kind: fc.constant('count' as const), where, op, value: number }),
  fc.record({ kind: fc.constant('distinct' as const), column: name, where, op, value: number }),
  fc.record({
    kind: fc.constant('sum' as const),
    column: name,
    where,
    decimals: fc.integer({ min: 0, max: 6 }),
    unit: anyText(20),
    op,
    value: number,
  }),
  fc.record({ kind: fc.constant('ratio' as const), of: anyFilter, among: where, op, value: number }),
  fc.record({ kind: fc.constant('sequence' as const), steps: fc.array(anyFilter, { minLength: 2, maxLength: 5 }) }),
  fc.record({ kind: fc.constant('firstSeen' as const), column: name, lookback: duration, where, op, value: number }),
);

const common = {
  id,
  title: anyText(60, 1),
  intent: anyText(60),
  author: anyText(40),
  severity: fc.constantFrom('informational', 'low', 'medium', 'high', 'critical' as const),
  effect: fc.oneof(
    fc.constant({ kind: 'review' as const }),
    fc.constant({ kind: 'alert' as const }),
    fc.record({ kind: fc.constant('label' as const), label: id }),
  ),
  expires: fc.option(day, { nil: null }),
  falsePositives: fc.array(anyText(40, 1), { maxLength: 3 }),
};

const exclusion = { owner: anyText(30, 1), reason: anyText(60, 1), ends: day };

/** Any rule that the form allows. */
export const anyRule: fc.Arbitrary<Rule> = fc.oneof(
  fc.record({
    ...common,
    over: fc.constant('actors' as const),
    when: fc.array(anyFeatureCondition, { minLength: 1, maxLength: 4 }),
    exclusions: fc.array(
      fc.record({ when: fc.array(anyFeatureCondition, { minLength: 1, maxLength: 2 }), ...exclusion }),
      { maxLength: 2 },
    ),
  }),
  fc.record({
    ...common,
    over: fc.constant('events' as const),
    groupBy: fc.array(name, { minLength: 1, maxLength: 3 }),
    where,
    window: fc.oneof(
      fc.constant({ kind: 'event' as const }),
      fc.record({ kind: fc.constantFrom('sliding', 'tumbling' as const), length: duration }),
    ),
    when: fc.array(anyCondition, { minLength: 1, maxLength: 8 }),
    exclusions: fc.array(fc.record({ where: anyFilter, ...exclusion }), { maxLength: 2 }),
  }),
);
