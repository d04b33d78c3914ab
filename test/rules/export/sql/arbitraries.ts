import fc from 'fast-check';
import type { Condition, EventFilter, EventRule, Rule, Window } from '../../../../core/rules/schema.ts';
import type { Event, Features } from './oracle.ts';

/** Few values of each, so that rules and events meet. */
const TEXTS = {
  actor_id: ['a', 'b', "o'neill"],
  action: ['login', 'fail', 'LOGIN', "'; DROP TABLE events; --"],
  object_id: ['x', 'y', 'z', 'back\\slash', ''],
  country: ['DE', 'FR', 'ß🌍', '${HOME} {{x}}'],
  ip: ['10.0.0.1', '10.0.0.2', 'line\nend'],
} as const;
const NUMBERS = ['amount', 'm_size'] as const;
const BUCKET = 'b_card';
const FEATURES = ['events_per_day', 'night_share'] as const;
type TextColumn = keyof typeof TEXTS;
const TEXT_COLUMNS = ['actor_id', 'action', 'object_id', 'country', 'ip'] as const satisfies readonly TextColumn[];

export const COLUMNS: readonly (readonly [name: string, type: 'VARCHAR' | 'DOUBLE' | 'BIGINT'])[] = [
  ...TEXT_COLUMNS.map((name) => [name, 'VARCHAR'] as const),
  ...NUMBERS.map((name) => [name, 'DOUBLE'] as const),
  [BUCKET, 'BIGINT'],
];

const AMOUNTS = [0, -0, 1, 2.5, 0.1, 0.005, 1.005, -3.25, 100, 1e15, 1e300, NaN, Infinity, -Infinity] as const;

/** Times around an hour, around 1970, with many equal ones, and at distances of exactly a window or one off. */
const time = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(fc.constantFrom(-1, 0, 1, 2, 5), fc.constantFrom(-1, 0, 0, 1)) },
  { weight: 1, arbitrary: fc.tuple(fc.integer({ min: -20, max: 20 }), fc.integer({ min: -2, max: 2 })) },
);
const ORIGINS = [0, 1_700_000_000_000_000 - 800_000_000, -7_200_000_000] as const;

const event = (origin: number): fc.Arbitrary<Event> =>
  fc
    .record({
      ts: fc.option(
        fc.tuple(time, fc.constantFrom(60_000_000, 600_000_000)).map(([[n, off], unit]) => origin + n * unit + off),
        { freq: 20 },
      ),
      ...Object.fromEntries(
        TEXT_COLUMNS.map((name) => [name, fc.option(fc.constantFrom(...TEXTS[name]), { freq: 9 })]),
      ),
      ...Object.fromEntries(NUMBERS.map((name) => [name, fc.option(fc.constantFrom(...AMOUNTS), { freq: 6 })])),
      [BUCKET]: fc.option(fc.constantFrom(1, 2, -7), { freq: 4 }),
    })
    .map((made): Event => made);

export const events: fc.Arbitrary<readonly Event[]> = fc
  .constantFrom(...ORIGINS)
  .chain((origin) => fc.array(event(origin), { maxLength: 40, size: 'max' }));

export const features: fc.Arbitrary<Features> = fc.dictionary(
  fc.constantFrom(...TEXTS.actor_id, 'c', 'd'),
  fc.record(
    Object.fromEntries(
      FEATURES.map((name) => [name, fc.option(fc.constantFrom(0, -0, 0.5, 1, 7, NaN, Infinity), { freq: 5 })]),
    ),
  ),
);

const ops = fc.constantFrom('>=', '>=', '>=', '>', '<=', '<', '=' as const);
const threshold = fc.constantFrom(0, 1, 1, 2, 2, 3, 4, 0.5, 1.5, 2.25);
const feature = fc.constantFrom(...FEATURES);
const duration = fc.constantFrom('60s', '1m', '10m', '20m', '1h', '1d');

const comparison: fc.Arbitrary<EventFilter> = fc.oneof(
  fc.constantFrom(...TEXT_COLUMNS).chain((column) =>
    fc.oneof(
      fc.constantFrom(...TEXTS[column]).map((value): EventFilter => ({ column, op: '=', value })),
      fc
        .array(fc.constantFrom(...TEXTS[column]), { maxLength: 3 })
        .map((values): EventFilter => ({ column, op: 'in', values })),
      fc.constant<EventFilter>({ column, op: 'present' }),
    ),
  ),
  fc
    .constantFrom(...NUMBERS, BUCKET)
    .chain((column) =>
      fc.oneof(
        fc.record({ column: fc.constant(column), op: ops, value: fc.constantFrom(0, 1, 2.5, 0.1, -3.25, 1e300) }),
        fc.constant<EventFilter>({ column, op: 'present' }),
        fc.constant<EventFilter>({ column, op: '=', value: 'login' }),
      ),
    ),
);

const filter: fc.Arbitrary<EventFilter> = fc.letrec<{ filter: EventFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    comparison,
    fc.array(tie('filter'), { maxLength: 3 }).map((all): EventFilter => ({ all })),
    fc.array(tie('filter'), { maxLength: 3 }).map((any): EventFilter => ({ any })),
    tie('filter').map((not): EventFilter => ({ not })),
  ),
})).filter;
const where = fc.option(filter, { freq: 1 });
const textColumn = fc.constantFrom(...TEXT_COLUMNS, BUCKET);

const ofActor = fc.oneof(
  fc.record({ kind: fc.constant('feature' as const), feature, op: ops, value: threshold, unit: fc.constant('') }),
  fc.record({
    kind: fc.constant('percentile' as const),
    feature,
    op: ops,
    value: fc.constantFrom(0, 25, 50, 100 / 3, 75),
  }),
);

export const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('count' as const), where, op: ops, value: threshold }),
  fc.record({ kind: fc.constant('distinct' as const), column: textColumn, where, op: ops, value: threshold }),
  fc.record({
    kind: fc.constant('sum' as const),
    column: fc.constantFrom(...NUMBERS, BUCKET),
    where,
    decimals: fc.integer({ min: 0, max: 6 }),
    unit: fc.constant('EUR'),
    op: ops,
    value: fc.constantFrom(0, 1, 2.5, 0.01, 1.005, -3.25, 100),
  }),
  fc.record({
    kind: fc.constant('ratio' as const),
    of: filter,
    among: where,
    op: ops,
    value: fc.constantFrom(0, 0.5, 1 / 3, 1),
  }),
  fc.record({
    kind: fc.constant('sequence' as const),
    steps: fc.array(comparison, { minLength: 2, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('firstSeen' as const),
    column: textColumn,
    lookback: duration,
    where,
    op: ops,
    value: threshold,
  }),
  ofActor,
);

const window: fc.Arbitrary<Window> = fc.oneof(
  fc.constant<Window>({ kind: 'event' }),
  duration.map((length): Window => ({ kind: 'sliding', length })),
  duration.map((length): Window => ({ kind: 'tumbling', length })),
);

const common = {
  title: fc.constantFrom('A rule', "'; DROP TABLE events; --", 'two\nlines */ {{x}}'),
  intent: fc.constant(''),
  author: fc.constant(''),
  severity: fc.constant('low' as const),
  effect: fc.constant({ kind: 'review' } as const),
  falsePositives: fc.constant([]),
};
const because = { owner: fc.constant('me'), reason: fc.constant('known') };
/** Days that lie in the times of the events, for rules over events. */
const day = fc.constantFrom('1970-01-01', '2023-11-14', '2023-11-15', '2200-01-01');
/** Days that lie behind or before whoever runs this, for rules over actors. */
const farDay = fc.constantFrom('2001-01-01', '2250-01-01');

export const eventRule: fc.Arbitrary<EventRule> = fc
  .record({
    id: fc.constant('burst'),
    ...common,
    over: fc.constant('events' as const),
    groupBy: fc
      .uniqueArray(textColumn, { minLength: 1, maxLength: 2 })
      .map((names) => (names.includes('actor_id') ? names : ['actor_id', ...names].slice(0, 2))),
    where,
    window,
    when: fc.array(condition, { minLength: 1, maxLength: 3, size: 'small' }),
    exclusions: fc.array(fc.record({ ...because, ends: day, where: filter }), { maxLength: 1 }),
    expires: fc.option(day, { freq: 1 }),
  })
  .map((made): EventRule => made);

export const actorRule: fc.Arbitrary<Rule> = fc
  .record({
    id: fc.constant('steady'),
    ...common,
    over: fc.constant('actors' as const),
    when: fc.array(ofActor, { minLength: 1, maxLength: 3 }),
    exclusions: fc.array(
      fc.record({ ...because, ends: farDay, when: fc.array(ofActor, { minLength: 1, maxLength: 2 }) }),
      { maxLength: 1 },
    ),
    expires: fc.option(farDay, { freq: 2 }),
  })
  .map((made): Rule => made);
