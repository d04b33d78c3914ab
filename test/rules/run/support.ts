import fc from 'fast-check';
import type { Condition, EventBatch, EventFilter, EventRule, RuleFeatures } from '../../../core/rules/schema.ts';
import { PACKED_WORDS, type PackedBatch, type PackedTexts } from '../../../core/rules/run/index.ts';
import type { Event } from './naive.ts';
import { plainRule } from '../plain-rule.ts';

/** Rows as columns; a column with a number in it is one of numbers. */
export const batchOf = (events: readonly Event[]): EventBatch => {
  const names = [...new Set(events.flatMap((event) => Object.keys(event)))].filter((name) => name !== 'ts');
  return {
    length: events.length,
    ts: Float64Array.from(events, ({ ts }) => ts ?? Number.NaN),
    columns: new Map(
      names.map((name) => {
        const values = events.map((event) => event[name] ?? null);
        return [
          name,
          values.some((value) => typeof value === 'number')
            ? Float64Array.from(values, (value) => (typeof value === 'number' ? value : Number.NaN))
            : values.map((value) => (typeof value === 'string' ? value : null)),
        ];
      }),
    ),
  };
};

/** Texts of at most 12 bytes as the import lays them out. */
export const packed = (texts: readonly (string | null)[]): PackedTexts => {
  const words = new Int32Array(texts.length * PACKED_WORDS);
  const bytes = Buffer.from(words.buffer);
  for (const [i, text] of texts.entries())
    words[i * PACKED_WORDS] = text === null ? -1 : bytes.write(text, 4 * (i * PACKED_WORDS + 1));
  return words;
};

/** A batch whose columns of texts are packed where they can be. */
export const packedOf = (batch: EventBatch): PackedBatch => ({
  ...batch,
  columns: new Map(
    [...batch.columns].map(([name, column]) => [
      name,
      column instanceof Float64Array || column.some((text) => Buffer.byteLength(text ?? '') > 12)
        ? column
        : packed(column),
    ]),
  ),
});

/** Consecutive parts of these lengths, and the rest. */
export const cut = <T>(items: readonly T[], lengths: readonly number[]): T[][] => {
  const parts: T[][] = [];
  let from = 0;
  for (const length of lengths) {
    parts.push(items.slice(from, from + length));
    from += length;
  }
  return [...parts, items.slice(from)];
};

/** A rule with a window and conditions, and nothing else. */
export const ruleOf = (parts: Partial<EventRule> & Pick<EventRule, 'window' | 'when'>): EventRule => plainRule(parts);

export const SECOND = 1e6;
export const HOUR = 3600 * SECOND;
/** 1970-01-01T23:00Z: a midnight, a day's end of exclusions and two hours lie close by. */
export const BASE = 23 * HOUR;

export const FEATURES: RuleFeatures = {
  actors: ['a', 'b', 'c'],
  columns: new Map([
    ['events', Float64Array.of(5, 5, 9)],
    ['night_share', Float64Array.of(Number.NaN, 0.25, 0.5)],
  ]),
};

/** Times whole seconds or a microsecond beside them, around whole hours, so that edges are met often. */
const timeArbitrary = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 25 }).map((i) => BASE + HOUR - 10 * SECOND + i * SECOND) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }).map((i) => BASE + i * 600 * SECOND) },
  { weight: 2, arbitrary: fc.integer({ min: -1, max: 1 }).map((i) => BASE + HOUR + i) },
);

const orMissing = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 6 });

export const eventArbitrary: fc.Arbitrary<Event> = fc.record({
  ts: fc.option(timeArbitrary, { freq: 30 }),
  actor_id: orMissing(fc.constantFrom('a', 'b', 'd')),
  action: orMissing(fc.constantFrom('login', 'fail', 'pay')),
  country: orMissing(fc.constantFrom('DE', 'FR', '')),
  amount: orMissing(fc.constantFrom(0, 1, 2.5, 0.125, -3, 0.005, 1e18, 4e15, Infinity)),
});

const leafArbitrary: fc.Arbitrary<EventFilter> = fc.oneof(
  fc.record({
    column: fc.constant('action'),
    op: fc.constant('=' as const),
    value: fc.constantFrom('login', 'fail', 'pay', 'other'),
  }),
  fc.record({
    column: fc.constant('country'),
    op: fc.constant('in' as const),
    values: fc.subarray(['DE', 'FR', 'XX'], { minLength: 1 }),
  }),
  fc.record({
    column: fc.constant('amount'),
    op: fc.constantFrom('<' as const, '<=' as const, '>' as const, '>=' as const),
    value: fc.constantFrom(0, 1, 2.5),
  }),
  fc.record({ column: fc.constant('amount'), op: fc.constant('=' as const), value: fc.constantFrom(0, 1, 2.5) }),
  fc.record({
    column: fc.constantFrom('country', 'amount', 'nowhere', 'action'),
    op: fc.constant('present' as const),
  }),
  // Of the other type: missing.
  fc.record({ column: fc.constant('country'), op: fc.constant('=' as const), value: fc.constant(1) }),
  fc.record({ column: fc.constant('amount'), op: fc.constant('=' as const), value: fc.constant('1') }),
);

export const filterArbitrary: fc.Arbitrary<EventFilter> = fc.letrec<{ filter: EventFilter }>((tie) => ({
  filter: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leafArbitrary,
    fc.record({ all: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('filter'), { maxLength: 3 }) }),
    fc.record({ not: tie('filter') }),
  ),
})).filter;

const where = fc.option(filterArbitrary, { freq: 2 });
const op = fc.constantFrom('>=' as const, '>' as const, '<=' as const, '<' as const, '=' as const);

/** Arbitrary conditions, by kind. */
export const CONDITIONS = {
  count: fc.record({ kind: fc.constant('count' as const), where, op, value: fc.constantFrom(0, 1, 2, 3, 1.5) }),
  distinct: fc.record({
    kind: fc.constant('distinct' as const),
    column: fc.constantFrom('country', 'action', 'amount'),
    where,
    op,
    value: fc.constantFrom(0, 1, 2, 3),
  }),
  sum: fc.record({
    kind: fc.constant('sum' as const),
    column: fc.constant('amount'),
    where,
    decimals: fc.constantFrom(0, 2, 3),
    unit: fc.constant('EUR'),
    op,
    value: fc.constantFrom(0, 1, 2.5, 0.125, 4e15, -2),
  }),
  ratio: fc.record({
    kind: fc.constant('ratio' as const),
    of: filterArbitrary,
    among: where,
    op,
    value: fc.constantFrom(0, 0.5, 1 / 3, 1),
  }),
  sequence: fc.record({
    kind: fc.constant('sequence' as const),
    steps: fc.array(filterArbitrary, { minLength: 2, maxLength: 4 }),
  }),
  firstSeen: fc.record({
    kind: fc.constant('firstSeen' as const),
    column: fc.constantFrom('country', 'action'),
    lookback: fc.constantFrom('3s', '10s', '10m', '1h'),
    where,
    op,
    value: fc.constantFrom(0, 1, 2),
  }),
  feature: fc.record({
    kind: fc.constant('feature' as const),
    feature: fc.constantFrom('events', 'night_share', 'unknown'),
    op,
    value: fc.constantFrom(5, 0.25, 6),
    unit: fc.constant('events'),
  }),
  percentile: fc.record({
    kind: fc.constant('percentile' as const),
    feature: fc.constantFrom('events', 'night_share'),
    op,
    value: fc.constantFrom(0, 50, 200 / 3),
  }),
} satisfies Record<Condition['kind'], fc.Arbitrary<Condition>>;

export const windowArbitrary: fc.Arbitrary<EventRule['window']> = fc.oneof(
  fc.constant({ kind: 'event' as const }),
  fc.record({ kind: fc.constant('sliding' as const), length: fc.constantFrom('3s', '10s', '10m', '1h', '2h') }),
  fc.record({ kind: fc.constant('tumbling' as const), length: fc.constantFrom('5s', '10m', '1h', '1d') }),
);

/** Arbitrary rules over events whose first condition is of one kind. */
export const ruleArbitrary = (kind: Condition['kind']): fc.Arbitrary<EventRule> =>
  fc
    .record({
      groupBy: fc.constantFrom(['actor_id'], ['actor_id', 'country'], ['action', 'country', 'actor_id'], ['amount']),
      where: fc.option(filterArbitrary, { freq: 2 }),
      window: windowArbitrary,
      when: fc.tuple(CONDITIONS[kind], fc.array(fc.oneof(...Object.values(CONDITIONS)), { maxLength: 1 })),
      exclusions: fc.array(
        fc.record({
          owner: fc.constant('us'),
          reason: fc.constant('known'),
          ends: fc.constantFrom('1970-01-02', '1980-01-01', '1970-01-01'),
          where: filterArbitrary,
        }),
        { maxLength: 1 },
      ),
      expires: fc.constantFrom(null, '1970-01-02', '1980-01-01'),
    })
    .map(({ when: [first, others], ...rest }) => ruleOf({ ...rest, when: [first, ...others] }));
