import type { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Condition, EventFilter, EventRule, Rule, Window } from '../../../../core/rules/schema.ts';
import { actorRule, eventRule, is, sliding, tumbling } from '../sample-rules.ts';
import { connect, fill, hitsOf, queryOf } from './duckdb.ts';
import { oracle, type Event, type Features } from './oracle.ts';

const MINUTE = 60_000_000;
const HOUR = 60 * MINUTE;
/** 2023-11-14 22:00 UTC. */
const TEN = 1_699_999_200_000_000;

const count = (op: '>=' | '<=' | '=', value: number, where: EventFilter | null = null): Condition => ({
  kind: 'count',
  where,
  op,
  value,
});
const distinct = (column: string, op: '>=' | '=', value: number): Condition => ({
  kind: 'distinct',
  column,
  where: null,
  op,
  value,
});
const sum = (op: '>=' | '=', value: number, decimals: number): Condition => ({
  kind: 'sum',
  column: 'amount',
  where: null,
  decimals,
  unit: 'EUR',
  op,
  value,
});
const first = (column: string, lookback: string, value = 1): Condition => ({
  kind: 'firstSeen',
  column,
  lookback,
  where: null,
  op: '>=',
  value,
});
const rule = (window: Window, when: readonly Condition[], more: Partial<EventRule> = {}): EventRule =>
  eventRule('edge', { window, when, ...more });
/** Events of one actor at these times. */
const at = (...times: readonly number[]): readonly Event[] => times.map((ts) => ({ ts, actor_id: 'a' }));
const shown = (column: string, ...rows: readonly (readonly [number, string | number | null])[]): readonly Event[] =>
  rows.map(([ts, value]) => ({ ts, actor_id: 'a', [column]: value }));

/** What it is about, the rule, the events, and the moments at which it fires. */
const TABLE: readonly (readonly [string, EventRule, readonly Event[], readonly number[]])[] = [
  [
    'a threshold of more steps than a double can say',
    rule(sliding('1h'), [sum('>=', Number.MAX_VALUE, 6)]),
    shown('amount', [TEN, 5]),
    [],
  ],
  [
    'a burst across an hour fits no hour',
    rule(tumbling('1h'), [count('>=', 3)]),
    at(TEN - 2, TEN - 1, TEN, TEN + 1),
    [],
  ],
  ['but fits any hour', rule(sliding('1h'), [count('>=', 3)]), at(TEN - 2, TEN - 1, TEN, TEN + 1), [TEN, TEN + 1]],
  [
    'an event exactly as old as the window is out',
    rule(sliding('10m'), [count('>=', 2)]),
    at(TEN, TEN + 10 * MINUTE),
    [],
  ],
  [
    'one microsecond younger is in',
    rule(sliding('10m'), [count('>=', 2)]),
    at(TEN + 1, TEN + 10 * MINUTE),
    [TEN + 10 * MINUTE],
  ],
  ['equal times are one moment', rule({ kind: 'event' }, [count('>=', 2)]), at(TEN, TEN, TEN + 1), [TEN]],
  ['and are seen together in a sliding window', rule(sliding('1m'), [count('=', 2)]), at(TEN, TEN), [TEN]],
  ['an hour before 1970 starts before its events', rule(tumbling('1h'), [count('>=', 2)]), at(-1, -HOUR, 0), [-HOUR]],
  [
    'whole hours before 1970 are their own start',
    rule(tumbling('1h'), [count('=', 1)]),
    at(-2 * HOUR, 0),
    [-2 * HOUR, 0],
  ],
  ['rows may come late', rule(sliding('1m'), [count('=', 3)]), at(TEN + 2, TEN, TEN + 1), [TEN + 2]],
  [
    'an event without a time or a key is not seen',
    rule(sliding('1m'), [count('=', 1)]),
    [{ ts: null, actor_id: 'a' }, { ts: TEN, actor_id: null }, { ts: TEN + 1 }, { ts: TEN + 2, actor_id: 'a' }],
    [TEN + 2],
  ],
  [
    'nobody is asked about an empty window',
    rule(tumbling('1h'), [count('<=', 1)]),
    at(TEN, TEN + 3 * HOUR),
    [TEN, TEN + 3 * HOUR],
  ],
  [
    'a value leaves after the window, and counts once',
    rule(sliding('10m'), [distinct('ip', '=', 2)]),
    shown('ip', [TEN, 'x'], [TEN + MINUTE, 'x'], [TEN + 2 * MINUTE, 'y'], [TEN + 11 * MINUTE, 'y']),
    [TEN + 2 * MINUTE],
  ],
  [
    'a value that comes again as it leaves stays',
    rule(sliding('10m'), [distinct('ip', '=', 1)]),
    shown('ip', [TEN, 'x'], [TEN + 10 * MINUTE, 'x'], [TEN + 20 * MINUTE, null]),
    [TEN, TEN + 10 * MINUTE],
  ],
  [
    'no value is no value',
    rule(sliding('1m'), [distinct('ip', '=', 0)]),
    shown('ip', [TEN, null], [TEN + 1, '']),
    [TEN],
  ],
  [
    'first seen: known from exactly the lookback ago',
    rule({ kind: 'event' }, [first('ip', '1h')]),
    shown('ip', [TEN, 'x'], [TEN + HOUR, 'x'], [TEN + 2 * HOUR + 1, 'x']),
    [TEN, TEN + 2 * HOUR + 1],
  ],
  [
    'first seen: equal times do not know each other',
    rule({ kind: 'event' }, [first('ip', '1h', 2)]),
    shown('ip', [TEN, 'x'], [TEN, 'x']),
    [TEN],
  ],
  ['cents add up', rule(sliding('1m'), [sum('=', 0.3, 2)]), shown('amount', [TEN, 0.1], [TEN + 1, 0.2]), [TEN + 1]],
  [
    'halves go up, also below zero',
    rule({ kind: 'event' }, [sum('=', -1, 0)]),
    shown('amount', [TEN, -1.5], [TEN + 1, -0.5]),
    [TEN],
  ],
  [
    'what is no number, or too large, adds nothing',
    rule(sliding('1m'), [sum('=', 1, 0)]),
    shown(
      'amount',
      [TEN, 1],
      [TEN + 1, Infinity],
      [TEN + 2, -Infinity],
      [TEN + 3, 1e16],
      [TEN + 4, NaN],
      [TEN + 5, null],
    ),
    [TEN, TEN + 1, TEN + 2, TEN + 3, TEN + 4, TEN + 5],
  ],
  [
    '2^53 steps are the most',
    rule({ kind: 'event' }, [sum('>=', 1, 0)]),
    shown('amount', [TEN, 2 ** 53], [TEN + 1, 2 ** 53 + 2]),
    [TEN],
  ],
  [
    'no share of nothing',
    rule(sliding('1m'), [{ kind: 'ratio', of: is('ip', 'x'), among: is('ip', 'x'), op: '>=', value: 0 }]),
    shown('ip', [TEN, 'y'], [TEN + 1, 'x'], [TEN + MINUTE, 'y'], [TEN + 2 * MINUTE, 'y']),
    [TEN + 1, TEN + MINUTE],
  ],
  [
    'a sequence wants later steps, and its end at the moment',
    rule(sliding('10m'), [{ kind: 'sequence', steps: [is('ip', 'x'), is('ip', 'y')] }]),
    shown('ip', [TEN, 'x'], [TEN, 'y'], [TEN + 1, 'z'], [TEN + 2, 'y'], [TEN + 10 * MINUTE, 'y']),
    [TEN + 2],
  ],
  [
    'one event cannot be two steps',
    rule(tumbling('1h'), [{ kind: 'sequence', steps: [is('ip', 'x'), is('ip', 'x'), is('ip', 'x')] }]),
    shown('ip', [TEN, 'x'], [TEN + 1, 'x'], [TEN + 1, 'x'], [TEN + HOUR, 'x']),
    [],
  ],
  [
    'an event is no sequence',
    rule({ kind: 'event' }, [{ kind: 'sequence', steps: [is('ip', 'x'), is('ip', 'x')] }]),
    shown('ip', [TEN, 'x']),
    [],
  ],
  [
    'not is the plain opposite',
    rule({ kind: 'event' }, [count('>=', 1, { not: is('country', 'DE') })]),
    shown('country', [TEN, 'DE'], [TEN + 1, null], [TEN + 2, 'FR'], [TEN + 3, 'de']),
    [TEN + 1, TEN + 2, TEN + 3],
  ],
  [
    'NaN is missing on both sides of a comparison',
    rule({ kind: 'event' }, [
      count('>=', 1, {
        any: [
          { column: 'amount', op: '>', value: 0 },
          { column: 'amount', op: '<=', value: 0 },
        ],
      }),
    ]),
    shown('amount', [TEN, NaN], [TEN + 1, Infinity], [TEN + 2, -0]),
    [TEN + 1, TEN + 2],
  ],
  [
    'a rule expires at the start of its day',
    rule(sliding('1m'), [count('>=', 1)], { expires: '2023-11-15' }),
    at(TEN + 2 * HOUR - 1, TEN + 2 * HOUR),
    [TEN + 2 * HOUR - 1],
  ],
  [
    'an exclusion ends at the start of its day',
    rule(sliding('1m'), [count('=', 1)], {
      exclusions: [{ owner: 'us', reason: 'known', ends: '2023-11-15', where: is('actor_id', 'a') }],
    }),
    at(TEN + 2 * HOUR - 1, TEN + 2 * HOUR),
    [TEN + 2 * HOUR],
  ],
];

describe('the query for DuckDB at the boundaries', () => {
  let connection: DuckDBConnection;
  beforeAll(async () => {
    connection = await connect();
  });
  afterAll(() => connection.closeSync());

  const momentsOf = async (of: Rule, events: readonly Event[], features: Features = {}) => {
    await fill(connection, events, features);
    return hitsOf(connection, of, queryOf(of, 'duckdb'));
  };

  it.each(TABLE)('%s', async (_, of, events, moments) => {
    expect(oracle(of, events, {}).map((hit) => hit.at)).toEqual(moments);
    expect((await momentsOf(of, events)).map((hit) => hit.at)).toEqual(moments);
  });

  it('knows hostile texts from others', async () => {
    const texts = [
      "'; DROP TABLE events; --",
      '\\',
      "\\'",
      '"',
      '`',
      '${HOME}',
      '{{ x }}',
      '🌍',
      'a\nb',
      '\u202e',
      'É',
      '',
    ];
    const events = texts.map((action, k): Event => ({ ts: TEN + k, actor_id: 'a', action }));
    for (const [k, value] of texts.entries()) {
      const hits = await momentsOf(rule({ kind: 'event' }, [count('>=', 1, is('action', value))]), events);
      expect(hits.map((hit) => hit.at)).toEqual([TEN + k]);
    }
  });

  it('ranks equal values equally, and leaves missing ones out of a percentile', async () => {
    const of: Features = {
      low: { night_share: -0 },
      same: { night_share: 0 },
      high: { night_share: 1 },
      highest: { night_share: Infinity },
      none: { night_share: null },
      nan: { night_share: NaN },
    };
    const above = (value: number): Rule =>
      actorRule('above', { when: [{ kind: 'percentile', feature: 'night_share', op: '>=', value }] });
    const actors = async (value: number) => (await momentsOf(above(value), [], of)).map(({ group }) => group[0]);
    expect(await actors(0)).toEqual(['high', 'highest', 'low', 'same']);
    expect(await actors(50)).toEqual(['high', 'highest']);
    expect(await actors(75)).toEqual(['highest']);
    expect(await actors(75.1)).toEqual([]);
  });
});
