import type { ActorRule, Condition, EventFilter, EventRule, Rule, Window } from '../../../core/rules/schema.ts';
import { plainRule } from '../plain-rule.ts';

/** Rules of every kind, with made-up names. */
export const eventRule = (id: string, parts: Partial<EventRule>): EventRule =>
  plainRule({
    id,
    title: `Rule ${id}`,
    intent: 'Made up for a test.',
    author: 'a tester',
    severity: 'medium',
    ...parts,
  });

export const actorRule = (id: string, parts: Partial<ActorRule>): ActorRule => ({
  id,
  title: `Rule ${id}`,
  intent: '',
  author: '',
  severity: 'low',
  effect: { kind: 'review' },
  expires: null,
  falsePositives: [],
  over: 'actors',
  when: [{ kind: 'feature', feature: 'events', op: '>=', value: 100, unit: 'events' }],
  exclusions: [],
  ...parts,
});

export const is = (column: string, value: string | number): EventFilter => ({ column, op: '=', value });
export const oneOf = (column: string, ...values: readonly string[]): EventFilter => ({ column, op: 'in', values });
export const sliding = (length: string): Window => ({ kind: 'sliding', length });
export const tumbling = (length: string): Window => ({ kind: 'tumbling', length });
export const count = (
  value: number,
  where: EventFilter | null = null,
  op: '>=' | '>' | '<=' | '<' | '=' = '>=',
): Condition => ({
  kind: 'count',
  where,
  op,
  value,
});

const login = is('action', 'login');
const failed: EventFilter = { all: [login, is('outcome', 'failure')] };

/** Rules that Sigma can say, whole or narrowed. */
export const SIGMA_RULES: readonly EventRule[] = [
  eventRule('one_action', { where: login }),
  eventRule('one_of_actions', { where: oneOf('action', 'delete_user', 'delete_role', 'stop_logging') }),
  eventRule('two_columns', { where: failed }),
  eventRule('not_a_country', { where: { all: [login, { not: is('country', 'DE') }] } }),
  eventRule('not_in_countries', { where: { not: oneOf('country', 'DE', 'NO', 'no') } }),
  eventRule('large_amount', { where: { column: 'amount', op: '>=', value: 500 } }),
  eventRule('amount_between', {
    where: {
      all: [
        { column: 'amount', op: '>', value: 0.5 },
        { column: 'amount', op: '<=', value: 1.25 },
      ],
    },
  }),
  eventRule('tiny_amount', { where: { column: 'amount', op: '<', value: 1e-7 } }),
  eventRule('exact_amount', { where: is('amount', -3) }),
  eventRule('not_an_amount', { where: { all: [login, { not: { column: 'amount', op: '<', value: 10 } }] } }),
  eventRule('has_device', { where: { column: 'device_id', op: 'present' } }),
  eventRule('has_no_device', { where: { all: [login, { not: { column: 'device_id', op: 'present' } }] } }),
  eventRule('either_or', { where: { any: [failed, is('country', 'XX')] } }),
  eventRule('either_not', { where: { any: [{ not: login }, { all: [is('country', 'XX'), { not: failed }] }] } }),
  eventRule('neither', { where: { not: { any: [login, is('country', 'DE')] } } }),
  eventRule('not_both', { where: { not: failed } }),
  eventRule('digits', { where: is('c_status', '404') }),
  eventRule('several_digits', { where: oneOf('c_status', '404', '500', 'gone') }),
  eventRule('quotes', { where: oneOf('action', `it's`, 'say "hi"', 'a: b # c', '- x', 'yes', '2024-01-01', '~') }),
  eventRule('backslash', { where: oneOf('action', 'C:\\temp\\x', 'ends\\', '\\\\share') }),
  eventRule('wildcards', { where: oneOf('action', 'GET /a?b', 'glob*', '%like_') }),
  eventRule('letters', { where: oneOf('action', 'zürich', '東京', 'naïve') }),
  eventRule('measure', { where: { column: 'm_bytes', op: '>', value: 1_048_576 } }),
  eventRule('moment_sum', {
    where: login,
    when: [{ kind: 'sum', column: 'amount', where: null, decimals: 2, unit: 'EUR', op: '>=', value: 250.5 }],
  }),
  eventRule('moment_two', { when: [count(1, login), count(1, is('country', 'XX'))] }),
  eventRule('by_ip', { groupBy: ['ip'], where: failed }),
  eventRule('by_two', { groupBy: ['actor_id', 'ip'], where: failed, window: sliding('1h'), when: [count(3)] }),
  eventRule('burst', { where: login, window: sliding('10m'), when: [count(3)] }),
  eventRule('burst_fails', { window: sliding('10m'), when: [count(5, failed)] }),
  eventRule('burst_over', { where: login, window: sliding('90s'), when: [count(2.5, null, '>')] }),
  eventRule('few', { where: login, window: sliding('1d'), when: [count(2, null, '<=')] }),
  eventRule('exactly', { where: login, window: sliding('1h'), when: [count(3, null, '=')] }),
  eventRule('spread_ips', {
    where: failed,
    window: sliding('1h'),
    when: [{ kind: 'distinct', column: 'ip', where: null, op: '>=', value: 4 }],
  }),
  eventRule('spread_actors', {
    groupBy: ['ip'],
    window: sliding('30m'),
    when: [{ kind: 'distinct', column: 'actor_id', where: failed, op: '>', value: 3 }],
  }),
  eventRule('payout', {
    where: is('action', 'transfer'),
    window: sliding('1d'),
    when: [{ kind: 'sum', column: 'amount', where: null, decimals: 2, unit: 'EUR', op: '>=', value: 1000 }],
  }),
  eventRule('payout_cents', {
    where: is('action', 'transfer'),
    window: sliding('7d'),
    when: [{ kind: 'sum', column: 'amount', where: null, decimals: 2, unit: 'EUR', op: '>', value: 99.5 }],
  }),
  eventRule('takeover', {
    window: sliding('15m'),
    when: [{ kind: 'sequence', steps: [failed, { all: [login, is('outcome', 'success')] }] }],
  }),
  eventRule('drain', {
    window: sliding('1h'),
    when: [{ kind: 'sequence', steps: [login, is('action', 'change_email'), is('action', 'transfer')] }],
  }),
  eventRule('hourly', { where: login, window: tumbling('1h'), when: [count(4)] }),
  eventRule('daily_ips', {
    where: login,
    window: tumbling('1d'),
    when: [{ kind: 'distinct', column: 'ip', where: null, op: '>=', value: 3 }],
  }),
  eventRule('weekly', { where: login, window: tumbling('7d'), when: [count(6)] }),
  eventRule('expiring', { where: login, window: sliding('10m'), when: [count(3)], expires: '2024-06-01' }),
  eventRule('excluding', {
    where: login,
    window: sliding('10m'),
    when: [count(3)],
    exclusions: [{ owner: 'ops', reason: 'monitoring', ends: '2024-03-01', where: is('country', 'DE') }],
  }),
  eventRule('excluding_two', {
    where: login,
    exclusions: [
      {
        owner: 'ops',
        reason: 'probes',
        ends: '2024-03-01',
        where: { all: [is('country', 'DE'), is('outcome', 'success')] },
      },
      { owner: 'ops', reason: 'agents', ends: '2024-04-01', where: { column: 'amount', op: '>', value: 10 } },
    ],
  }),
];

/** Rules that Sigma refuses. */
export const UNSAYABLE: readonly Rule[] = [
  actorRule('actors', {}),
  actorRule('actors_two', {
    when: [
      { kind: 'feature', feature: 'events', op: '>', value: 20.5, unit: 'events' },
      { kind: 'percentile', feature: 'night_share', op: '>=', value: 95 },
    ],
    exclusions: [
      {
        owner: 'ops',
        reason: 'bots',
        ends: '2024-09-01',
        when: [{ kind: 'feature', feature: 'objects', op: '<=', value: 1, unit: 'objects' }],
      },
    ],
    expires: '2025-01-01',
  }),
  eventRule('share', {
    window: sliding('1h'),
    when: [{ kind: 'ratio', of: failed, among: login, op: '>=', value: 0.8 }],
  }),
  eventRule('novel', {
    window: sliding('1h'),
    when: [{ kind: 'firstSeen', column: 'country', lookback: '30d', where: null, op: '>=', value: 2 }],
  }),
  eventRule('novel_one', {
    when: [{ kind: 'firstSeen', column: 'device_id', lookback: '7d', where: login, op: '>=', value: 1 }],
  }),
  eventRule('two_conditions', {
    window: sliding('1h'),
    when: [count(10), { kind: 'distinct', column: 'ip', where: null, op: '>=', value: 5 }],
  }),
  eventRule('count_and_sequence', {
    window: sliding('1h'),
    when: [count(6), { kind: 'sequence', steps: [login, is('action', 'transfer')] }],
  }),
  eventRule('of_old', {
    window: sliding('1h'),
    when: [count(3), { kind: 'feature', feature: 'age_days', op: '<', value: 7, unit: 'days' }],
  }),
  eventRule('of_top', {
    window: tumbling('1h'),
    when: [count(3), { kind: 'percentile', feature: 'events', op: '>=', value: 90 }],
  }),
  eventRule('two_at_once', { when: [count(2)] }),
  eventRule('numeral', { where: is('c_status', '007') }),
  eventRule('control', { where: is('action', 'a\tb') }),
  eventRule('fractional_equal', {
    window: sliding('1h'),
    when: [{ kind: 'sum', column: 'amount', where: null, decimals: 2, unit: 'EUR', op: '=', value: 9.99 }],
  }),
];
