import { describe, expect, it } from 'vitest';

import { createRuleEngine, runRules } from '../../../core/rules/run/index.ts';
import type { ActorRule, EventFilter, EventRule, Hit } from '../../../core/rules/schema.ts';
import { naiveHits, type Event } from './naive.ts';
import { BASE, batchOf, FEATURES, HOUR, ruleOf, SECOND } from './support.ts';

const DAY = '1970-01-03';
const sliding = { kind: 'sliding', length: '10s' } as const;
const hourly = { kind: 'tumbling', length: '1h' } as const;
const is = (column: string, value: string): EventFilter => ({ column, op: '=', value });
const at = (second: number, rest: Partial<Event> = {}): Event => ({
  actor_id: 'a',
  ...rest,
  ts: BASE + second * SECOND,
});
const run = async (rule: EventRule, events: readonly Event[]): Promise<readonly Hit[]> => {
  const { hits } = await runRules([rule], [batchOf(events)], { day: DAY, features: FEATURES });
  expect(hits).toEqual(naiveHits([rule], events, FEATURES, DAY));
  return hits;
};
/** Seconds after `BASE` at which a rule hits. */
const moments = async (rule: EventRule, events: readonly Event[]): Promise<number[]> =>
  (await run(rule, events)).map((hit) => ((hit.at ?? Number.NaN) - BASE) / SECOND);

describe('windows', () => {
  const three = { kind: 'count', where: null, op: '>=', value: 3 } as const;

  it('leave out an event exactly as old as they are long', async () => {
    expect(await moments(ruleOf({ window: sliding, when: [three] }), [at(0), at(5), at(10)])).toEqual([]);
    expect(await moments(ruleOf({ window: sliding, when: [three] }), [at(0.000001), at(5), at(10)])).toEqual([10]);
  });

  it('hold events of the same timestamp together, whatever came first', async () => {
    expect(await moments(ruleOf({ window: { kind: 'event' }, when: [three] }), [at(1), at(1), at(2), at(1)])).toEqual([
      1,
    ]);
    // One hit for the moment, though each of the last two events fills the window.
    expect(await moments(ruleOf({ window: sliding, when: [three] }), [at(1), at(2), at(3), at(3)])).toEqual([3]);
  });

  it('cut a burst across an hour where they tumble, and tell it by their start', async () => {
    const burst = [at(3598), at(3599), at(3600), at(3601)];
    expect(await moments(ruleOf({ window: hourly, when: [three] }), burst)).toEqual([]);
    expect(await moments(ruleOf({ window: sliding, when: [three] }), burst)).toEqual([3600, 3601]);
    expect(await moments(ruleOf({ window: hourly, when: [three] }), [...burst, at(7199.999999)])).toEqual([3600]);
  });

  it('are not looked at where the group has no event', async () => {
    const few = { ...three, op: '<=' } as const;
    expect(await moments(ruleOf({ window: hourly, when: [few] }), [at(0), at(2 * 3600)])).toEqual([0, 7200]);
  });

  it('reach before 1970', async () => {
    const old = [-1, -2, -3].map((second): Event => ({ actor_id: 'a', ts: second * SECOND }));
    expect((await run(ruleOf({ window: hourly, when: [three] }), old)).map((hit) => hit.at)).toEqual([-HOUR]);
  });
});

describe('conditions', () => {
  it('count events that meet a filter', async () => {
    const rule = ruleOf({ window: sliding, when: [{ kind: 'count', where: is('action', 'x'), op: '=', value: 2 }] });
    const events = [at(0, { action: 'x' }), at(1), at(2, { action: 'x' }), at(3), at(11, { action: 'x' }), at(13)];
    expect(await moments(rule, events)).toEqual([2, 3, 11]);
  });

  it('count different values, not events, and no missing one', async () => {
    const distinct = { kind: 'distinct', column: 'ip', where: null, op: '>=', value: 3 } as const;
    const rule = ruleOf({ window: sliding, when: [distinct] });
    const events = [at(0, { ip: 'p' }), at(1, { ip: 'q' }), at(2), at(3, { ip: 'q' }), at(4, { ip: '' }), at(10)];
    expect(await moments(rule, events)).toEqual([4]);
    // The value shown first was shown again: it is in the window still.
    expect(await moments(rule, [...events.slice(0, -1), at(9, { ip: 'p' }), at(10)])).toEqual([4, 9, 10]);
  });

  it('count many different values as well', async () => {
    const rule = ruleOf({
      window: sliding,
      when: [{ kind: 'distinct', column: 'ip', where: null, op: '>=', value: 100 }],
    });
    const events = Array.from({ length: 250 }, (_, i) => at(i * 0.05, { ip: `ip${i % 110}` }));
    expect((await moments(rule, events)).length).toBe(151);
  });

  it('add amounts in whole steps, halves up, in any order', async () => {
    const sum = { kind: 'sum', column: 'amount', where: null, decimals: 2, unit: 'EUR', op: '=', value: 0.3 } as const;
    const rule = ruleOf({ window: { kind: 'event' }, when: [sum] });
    expect(await moments(rule, [at(0, { amount: 0.1 }), at(0, { amount: 0.2 })])).toEqual([0]);
    const halves = [at(0, { amount: 0.125 }), at(0, { amount: 0.165 }), at(0, { amount: null })];
    expect(await moments(rule, halves)).toEqual([0]); // 13 + 17 steps: 0.165 · 100 + ½ is 17 in doubles
    const large = [at(0, { amount: 9e13 }), at(0, { amount: 0.3 }), at(0, { amount: -9e13 }), at(1, { amount: 1e300 })];
    expect(await moments(rule, large)).toEqual([0]);
  });

  it('stay exact where a sum leaves the whole numbers that doubles hold', async () => {
    const step = { kind: 'sum', column: 'amount', where: null, decimals: 0, unit: '', op: '=', value: 1 } as const;
    const events = [2 ** 53, 2 ** 53, 1, -(2 ** 53), -(2 ** 53)].map((amount) => at(0, { amount }));
    expect(await moments(ruleOf({ window: hourly, when: [step] }), events)).toEqual([0]);
  });

  it('compare with thresholds of any size', async () => {
    const events = [at(1, { amount: 1, object: 'o' }), at(2, { amount: 9e13, object: 'p' })];
    for (const value of [1e15, 2 ** 53, 1e300, Number.MAX_VALUE]) {
      const whens: EventRule['when'] = [
        { kind: 'count', where: null, op: '>=', value },
        { kind: 'distinct', column: 'object', where: null, op: '>=', value },
        { kind: 'firstSeen', column: 'object', lookback: '1h', where: null, op: '>=', value },
        { kind: 'sum', column: 'amount', where: null, decimals: 2, unit: '', op: '>=', value },
        { kind: 'sum', column: 'amount', where: null, decimals: 6, unit: '', op: '<', value: -value },
      ];
      for (const when of whens)
        for (const window of [sliding, hourly, { kind: 'event' } as const])
          expect(await moments(ruleOf({ window, when: [when] }), events), JSON.stringify(when)).toEqual([]);
    }
    // Two values whose steps are whole, and a sum beyond.
    const over = {
      kind: 'sum',
      column: 'amount',
      where: null,
      decimals: 2,
      unit: '',
      op: '>=',
      value: 1.5e14,
    } as const;
    const twice = [...events, at(3, { amount: 9e13, object: 'p' })];
    expect(await moments(ruleOf({ window: sliding, when: [over] }), twice)).toEqual([3]);
  });

  it('take shares, and hold nowhere without anything to take one of', async () => {
    const rule = (op: '>=' | '<='): EventRule =>
      ruleOf({
        window: sliding,
        when: [{ kind: 'ratio', of: is('outcome', 'failure'), among: is('action', 'x'), op, value: 0.5 }],
      });
    const events = [
      at(0),
      at(1, { action: 'x', outcome: 'failure' }),
      at(2, { action: 'x' }),
      at(3, { outcome: 'failure' }),
      at(4, { action: 'x' }),
    ];
    expect(await moments(rule('>='), events)).toEqual([1, 2, 3]);
    expect(await moments(rule('<='), events)).toEqual([2, 3, 4]);
  });

  it('follow steps at strictly later moments, the last one now', async () => {
    const steps = ['x', 'y', 'z'].map((action) => is('action', action));
    const rule = ruleOf({ window: sliding, when: [{ kind: 'sequence', steps }] });
    const does = (second: number, action: string): Event => at(second, { action });
    expect(await moments(rule, [does(0, 'x'), does(1, 'y'), does(1, 'z'), does(2, 'z'), does(3, 'w')])).toEqual([2]);
    expect(await moments(rule, [does(0, 'x'), does(4, 'y'), does(10, 'z')])).toEqual([]);
    // A later start keeps the chain inside the window.
    expect(await moments(rule, [does(0, 'x'), does(3, 'x'), does(4, 'y'), does(10, 'z')])).toEqual([10]);
    expect(await moments({ ...rule, window: hourly }, [does(0, 'x'), does(4, 'y'), does(99, 'z')])).toEqual([0]);
    expect(await moments({ ...rule, window: { kind: 'event' } }, [does(0, 'x'), does(0, 'y')])).toEqual([]);
  });

  it('know what a group had not shown before', async () => {
    const firsts = (op: '>=' | '=', value: number): EventRule =>
      ruleOf({
        window: { kind: 'event' },
        when: [{ kind: 'firstSeen', column: 'country', lookback: '10s', where: null, op, value }],
      });
    const from = (second: number, country: string | null): Event => at(second, { country });
    // 15 is exactly 10 s after 5: known still; 26.000001 is more than that after 16.
    const events = [from(0, 'DE'), from(5, 'DE'), from(15, 'DE'), from(16, 'FR'), from(26.000001, 'FR')];
    expect(await moments(firsts('>=', 1), events)).toEqual([0, 16, 26.000001]);
    // Events of one moment do not make each other known; a missing value is none.
    const twice = [from(0, 'DE'), from(0, 'DE'), from(1, null), from(2, 'DE')];
    expect(await moments(firsts('=', 2), twice)).toEqual([0]);
    expect(await moments(firsts('=', 0), twice)).toEqual([1, 2]);
  });

  it('look features up, and hold for nobody where they are missing', async () => {
    const percentile = { kind: 'percentile', feature: 'events', op: '>=', value: 60 } as const;
    const rule = ruleOf({ window: { kind: 'event' }, when: [percentile] });
    // Two of three have fewer: 66.7.
    expect(
      (await run(rule, [at(0), at(1, { actor_id: 'c' }), at(2, { actor_id: 'z' })])).map(({ group }) => group),
    ).toEqual([['c']]);
    const night = { kind: 'feature', feature: 'night_share', op: '<', value: 0.3, unit: 'share' } as const;
    const both = ruleOf({ window: { kind: 'event' }, groupBy: ['country', 'actor_id'], when: [night] });
    const events = ['a', 'b', 'c'].map((actor, i) => at(i, { actor_id: actor, country: 'DE' }));
    expect((await run(both, events)).map(({ group }) => group)).toEqual([['DE', 'b']]);
  });
});

describe('which events are seen', () => {
  it('have a time, a group, and meet the filter; `not` is true of a missing value', async () => {
    const rule = ruleOf({
      window: { kind: 'event' },
      where: { not: is('country', 'DE') },
      when: [{ kind: 'count', where: null, op: '>=', value: 1 }],
    });
    const events = [
      at(0, { country: 'DE' }),
      at(1),
      at(2, { country: 'FR' }),
      at(3, { actor_id: null }),
      { ...at(4), ts: null },
    ];
    expect(await moments(rule, events)).toEqual([1, 2]);
  });

  it('come before the rule expires, and an exclusion holds until its end', async () => {
    const ends = { owner: 'o', reason: 'r', ends: '1970-01-02', where: is('country', 'DE') };
    const rule = ruleOf({
      window: { kind: 'event' },
      when: [{ kind: 'count', where: null, op: '>=', value: 1 }],
      exclusions: [ends],
    });
    const events = [at(0, { country: 'DE' }), at(1), at(3600, { country: 'DE' })];
    expect(await moments(rule, events)).toEqual([1, 3600]);
    expect(await moments({ ...rule, expires: '1970-01-02' }, events)).toEqual([1]);
  });
});

describe('rules over actors', () => {
  const rule: ActorRule = {
    ...ruleOf({ window: { kind: 'event' }, when: [] }),
    id: 'actors',
    over: 'actors',
    when: [{ kind: 'feature', feature: 'events', op: '>=', value: 5, unit: 'events' }],
    exclusions: [
      {
        owner: 'o',
        reason: 'r',
        ends: '1970-02-01',
        when: [{ kind: 'percentile', feature: 'night_share', op: '>=', value: 50 }],
      },
    ],
  };
  const actors = async (over: ActorRule, day: string): Promise<string[]> =>
    (await runRules([over], [], { day, features: FEATURES })).hits.flatMap(({ group }) => group);

  it('hit by features, on a day', async () => {
    expect(await actors(rule, '1970-01-31')).toEqual(['a', 'b']);
    expect(await actors(rule, '1970-02-01')).toEqual(['a', 'b', 'c']);
    expect(await actors({ ...rule, expires: '1970-01-31' }, '1970-01-31')).toEqual([]);
  });

  it('are named by an engine that runs none', () => {
    expect(createRuleEngine([rule]).counts.notRun).toEqual(['actors']);
  });
});
