import type { Condition, EventFilter, EventRule, Window } from '../../../core/rules/schema.ts';

const is = (column: string, value: string): EventFilter => ({ column, op: '=', value });
const failed: EventFilter = { all: [is('action', 'login'), is('outcome', 'failure')] };
const entered: EventFilter = { all: [is('action', 'login'), is('outcome', 'success')] };
const sliding = (length: string): Window => ({ kind: 'sliding', length });
const tumbling = (length: string): Window => ({ kind: 'tumbling', length });
const each: Window = { kind: 'event' };

const count = (value: number, where: EventFilter | null = null): Condition => ({
  kind: 'count',
  where,
  op: '>=',
  value,
});
const distinct = (column: string, value: number, where: EventFilter | null = null): Condition => ({
  kind: 'distinct',
  column,
  where,
  op: '>=',
  value,
});
const sum = (value: number, where: EventFilter | null = null): Condition => ({
  kind: 'sum',
  column: 'amount',
  where,
  decimals: 2,
  unit: 'EUR',
  op: '>=',
  value,
});
const share = (value: number, of: EventFilter, among: EventFilter | null = null): Condition => ({
  kind: 'ratio',
  of,
  among,
  op: '>=',
  value,
});
const sequence = (...steps: EventFilter[]): Condition => ({ kind: 'sequence', steps });
const firstSeen = (column: string, lookback: string, value = 1): Condition => ({
  kind: 'firstSeen',
  column,
  lookback,
  where: null,
  op: '>=',
  value,
});

type Line = readonly [groupBy: string | readonly string[], where: EventFilter | null, window: Window, ...Condition[]];

const LINES: readonly Line[] = [
  ['actor_id', failed, sliding('1m'), count(5)],
  ['actor_id', failed, sliding('10m'), count(10)],
  ['actor_id', failed, sliding('1h'), count(30)],
  ['ip', failed, sliding('10m'), count(20)],
  ['ip', failed, sliding('10m'), distinct('actor_id', 5)],
  ['ip', is('action', 'login'), sliding('1h'), distinct('actor_id', 10)],
  ['device_id', is('action', 'login'), sliding('1h'), distinct('actor_id', 4)],
  ['actor_id', is('action', 'login'), sliding('1h'), distinct('country', 3)],
  ['actor_id', is('action', 'login'), sliding('1d'), distinct('device_id', 5)],
  ['actor_id', is('action', 'login'), sliding('1h'), share(0.8, is('outcome', 'failure')), count(5)],
  ['ip', is('action', 'login'), sliding('1h'), share(0.9, is('outcome', 'failure')), count(10)],
  ['actor_id', is('action', 'login'), sliding('10m'), sequence(failed, failed, entered)],
  ['actor_id', is('action', 'login'), each, firstSeen('country', '7d')],
  ['actor_id', is('action', 'login'), sliding('1d'), firstSeen('device_id', '30d', 2)],
  ['actor_id', is('action', 'pay'), sliding('1h'), sum(5000)],
  ['actor_id', is('action', 'pay'), sliding('1d'), sum(20_000)],
  ['actor_id', is('action', 'pay'), tumbling('1d'), sum(15_000)],
  ['device_id', is('action', 'pay'), sliding('1h'), sum(8000), distinct('actor_id', 2)],
  ['actor_id', is('action', 'pay'), sliding('10m'), count(8)],
  ['object_id', is('action', 'pay'), sliding('1h'), distinct('actor_id', 20)],
  ['actor_id', is('action', 'pay'), each, firstSeen('object_id', '7d'), sum(1000)],
  [['actor_id', 'object_id'], is('action', 'pay'), sliding('1h'), count(5)],
  ['actor_id', { all: [is('action', 'pay'), { column: 'amount', op: '>', value: 900 }] }, sliding('1d'), count(3)],
  ['actor_id', is('action', 'message'), sliding('1m'), count(20)],
  ['actor_id', is('action', 'message'), sliding('10m'), distinct('object_id', 25)],
  ['actor_id', is('action', 'message'), sliding('1d'), distinct('object_id', 200)],
  ['actor_id', is('action', 'message'), tumbling('1h'), count(60)],
  ['actor_id', is('action', 'message'), sliding('1h'), firstSeen('object_id', '7d', 15)],
  ['actor_id', is('action', 'follow'), sliding('10m'), distinct('object_id', 30)],
  ['object_id', is('action', 'follow'), sliding('1h'), distinct('actor_id', 50)],
  ['object_id', is('action', 'follow'), tumbling('1h'), distinct('ip', 40)],
  ['actor_id', is('action', 'post'), sliding('10m'), count(15)],
  ['actor_id', is('action', 'post'), tumbling('1h'), count(40)],
  ['object_id', is('action', 'report'), sliding('1d'), distinct('actor_id', 5)],
  ['actor_id', is('action', 'report'), sliding('1h'), count(15)],
  ['actor_id', is('action', 'reset'), sliding('1d'), count(3)],
  ['ip', is('action', 'reset'), sliding('1h'), distinct('actor_id', 4)],
  [
    'actor_id',
    { column: 'action', op: 'in', values: ['reset', 'login', 'pay'] },
    sliding('1h'),
    sequence(is('action', 'reset'), entered, is('action', 'pay')),
  ],
  [
    'actor_id',
    { column: 'action', op: 'in', values: ['login', 'export'] },
    sliding('10m'),
    sequence(failed, entered, is('action', 'export')),
  ],
  ['actor_id', is('action', 'export'), sliding('1d'), count(5)],
  ['actor_id', is('action', 'export'), tumbling('1d'), distinct('object_id', 4)],
  ['actor_id', is('action', 'delete'), sliding('10m'), count(10)],
  ['actor_id', null, sliding('1m'), count(60)],
  ['actor_id', null, sliding('1h'), distinct('ip', 6)],
  [
    'actor_id',
    null,
    sliding('1h'),
    share(0.5, is('outcome', 'failure'), { column: 'outcome', op: 'present' }),
    count(20),
  ],
  ['actor_id', null, tumbling('1h'), distinct('action', 8)],
  ['ip', null, sliding('10m'), count(200)],
  ['ip', null, tumbling('1h'), distinct('actor_id', 40)],
  ['device_id', null, sliding('1d'), distinct('actor_id', 8)],
  [['actor_id', 'country'], null, tumbling('1d'), count(150)],
];

/** Fifty rules of all kinds of condition on events and all windows, as an abuse team of a platform might run them. */
export const FIFTY_RULES: readonly EventRule[] = LINES.map(([groupBy, where, window, ...when], i): EventRule => ({
  id: `rule_${String(i + 1).padStart(2, '0')}`,
  title: `Rule ${i + 1}`,
  intent: '',
  author: 'benchmark',
  severity: 'medium',
  effect: { kind: 'review' },
  expires: null,
  falsePositives: [],
  over: 'events',
  groupBy: typeof groupBy === 'string' ? [groupBy] : groupBy,
  where,
  window,
  when,
  exclusions: [],
}));
