import { describe, expect, it } from 'vitest';

import { createRuleEngine, runRules } from '../../../core/rules/run/index.ts';
import type { EventRule } from '../../../core/rules/schema.ts';
import type { Event } from './naive.ts';
import { batchOf, ruleOf, SECOND } from './support.ts';

const START = 1.7e15;
const at = (second: number, actor = 'a', rest: Partial<Event> = {}): Event => ({
  actor_id: actor,
  ...rest,
  ts: START + second * SECOND,
});
const counting = (value: number, parts: Partial<EventRule> = {}): EventRule =>
  ruleOf({
    window: { kind: 'sliding', length: '10s' },
    when: [{ kind: 'count', where: null, op: '>=', value }],
    ...parts,
  });

describe('the watermark', () => {
  it('looks at a moment once the allowed lateness has passed it, and names what comes later late', () => {
    const engine = createRuleEngine([counting(2)], { allowedLateness: 5e6 });
    const told = (event: Event): (number | null)[] => engine.push(batchOf([event])).map((hit) => hit.at);
    expect(told(at(0))).toEqual([]);
    expect(told(at(6))).toEqual([]);
    expect(told(at(1))).toEqual([]); // exactly as late as allowed
    expect(told(at(0.5))).toEqual([]); // too late
    expect(told(at(6.000001))).toEqual([START + 1e6]);
    expect(told(at(60))).toEqual([START + 6e6, START + 6e6 + 1]);
    expect(engine.flush()).toEqual([]);
    expect(engine.counts).toMatchObject({ events: 6, late: 1, looked: 5, held: 0, hits: 3 });
  });

  it('leaves out what lies ahead of the clock: one wrong time would make everything late', () => {
    const engine = createRuleEngine([counting(1)], { allowedLateness: 0, latest: () => START + 60e6 });
    expect(engine.push(batchOf([at(0), at(99), at(1)])).length).toBe(1);
    expect(engine.counts).toMatchObject({ ahead: 1, late: 0, looked: 2 });
  });

  it('counts times that are none', () => {
    const engine = createRuleEngine([counting(1)]);
    engine.push(batchOf([at(0), { ...at(0), ts: null }, { ...at(0), ts: 0.5 }, { ...at(0), ts: 1e300 }]));
    expect(engine.counts).toMatchObject({ events: 4, untimed: 3, held: 1 });
  });
});

describe('limits', () => {
  it('are not met by a rule that asks for more events than there can be: no room is made for them', () => {
    const engine = createRuleEngine([counting(5e9)], { allowedLateness: 0 });
    expect([...engine.push(batchOf([at(0), at(1), at(2)])), ...engine.flush()]).toEqual([]);
    expect(engine.counts.rules[0]).toMatchObject({ seen: 3, hits: 0 });
  });

  it('refuse events of new groups, count them by rule, and give way when something is forgotten', () => {
    const engine = createRuleEngine([counting(2)], { allowedLateness: 0, maxRemembered: 4 });
    // A group and a moment are two things.
    const hits = engine.push(batchOf([at(0, 'a'), at(0, 'b'), at(1, 'c'), at(1, 'a')]));
    expect([...hits, ...engine.flush()]).toEqual([]);
    expect(engine.counts.rules[0]).toMatchObject({ seen: 2, unseen: { refused: 2 } });
    const later = createRuleEngine([counting(2)], { allowedLateness: 0, maxRemembered: 4 });
    const many = Array.from({ length: 3000 }, (_, i) => at(i * 20, `actor${i >> 1}`));
    later.push(batchOf(many));
    later.flush();
    const { seen, unseen } = later.counts.rules[0] ?? { seen: 0, unseen: { refused: 0 } };
    expect(seen + unseen.refused).toBe(3000);
    expect(seen).toBeGreaterThan(10);
    expect(later.counts.remembered).toBeLessThanOrEqual(6);
  });

  it('make a run over a whole log end with an error, not with hits that are wrong', async () => {
    const rule = counting(1);
    const hits = await runRules([rule], [batchOf([at(5), at(1)])], { day: '2026-01-01' });
    expect(hits.hits.length).toBe(2);
    await expect(
      runRules([rule], [batchOf([at(5), at(1)])], { day: '2026-01-01', isSorted: true }),
    ).rejects.toMatchObject({ code: 'internal' });
  });

  it('look at the earliest before their time when too many wait, and say so', () => {
    const engine = createRuleEngine([counting(2)], { allowedLateness: 1e9, maxHeld: 3 });
    const hits = [0, 1, 2, 3, 4].flatMap((second) => engine.push(batchOf([at(second)])));
    expect(hits.map((hit) => hit.at)).toEqual([START + 1e6]);
    engine.push(batchOf([at(0.5)]));
    expect(engine.counts).toMatchObject({ hurried: 2, held: 3, late: 1, looked: 2 });
  });
});

describe('other rules while it runs', () => {
  const engineAt = (...seconds: number[]) => {
    const engine = createRuleEngine([counting(3)], { allowedLateness: 0 });
    engine.push(batchOf(seconds.map((second) => at(second))));
    return engine;
  };

  it('that say the same go on with what they remember', () => {
    const engine = engineAt(0, 1);
    const renamed = counting(3, { title: 'another title', severity: 'low' });
    expect(engine.replace([counting(5, { id: 'other' }), renamed])).toEqual([
      { rule: 'other', wholeFrom: START + SECOND + 1 + 10 * SECOND - 1 },
    ]);
    engine.push(batchOf([at(2)]));
    expect(engine.flush().map(({ rule }) => rule)).toEqual(['r']);
  });

  it('that changed begin anew with events after the latest one', () => {
    const engine = engineAt(0, 1, 1);
    engine.replace([counting(2)]);
    engine.push(batchOf([at(1), at(2), at(3)]));
    expect(engine.flush().map((hit) => hit.at)).toEqual([START + 3 * SECOND]);
    expect(engine.counts.rules[0]).toMatchObject({ looked: 3, seen: 2, unseen: { before: 1 } });
  });

  it('that are gone hit no more and are forgotten', () => {
    const engine = engineAt(0, 1);
    engine.replace([]);
    engine.push(batchOf([at(2), at(3)]));
    expect(engine.flush()).toEqual([]);
    expect(engine.counts).toMatchObject({ remembered: 0, rules: [] });
  });

  it('say when their tumbling windows and what they look back to are whole', () => {
    const engine = engineAt(0);
    const hourly = counting(1, { id: 'hourly', window: { kind: 'tumbling', length: '1h' } });
    const fresh = ruleOf({
      id: 'fresh',
      window: { kind: 'event' },
      when: [{ kind: 'firstSeen', column: 'country', lookback: '1d', where: null, op: '>=', value: 1 }],
    });
    expect(engine.replace([hourly, fresh])).toEqual([
      { rule: 'hourly', wholeFrom: Math.ceil((START + 1) / 3600e6) * 3600e6 },
      { rule: 'fresh', wholeFrom: START + 1 + 86_400e6 },
    ]);
  });
});

describe('hits', () => {
  it('are marked where their rule is in shadow', () => {
    const rules = [counting(1), counting(1, { id: 'quiet' })];
    const engine = createRuleEngine(rules, { allowedLateness: 0, shadow: new Set(['quiet']) });
    engine.push(batchOf([at(0)]));
    expect(engine.flush()).toMatchObject([
      { rule: 'r', isShadow: false },
      { rule: 'quiet', isShadow: true },
    ]);
  });

  it('of one moment come in the order of rules and groups, not of rows', () => {
    const rules = [counting(1, { id: 'z' }), counting(1, { id: 'a', where: { column: 'x', op: 'present' } })];
    const events = ['b', 'a', 'c'].map((actor) => at(0, actor, { x: '1' }));
    const told = (rows: readonly Event[]): string[] => {
      const engine = createRuleEngine(rules, { allowedLateness: 0 });
      engine.push(batchOf(rows));
      return engine.flush().map(({ rule, group }) => `${rule} ${group.join()}`);
    };
    expect(told(events)).toEqual(['z a', 'z b', 'z c', 'a a', 'a b', 'a c']);
    expect(told(events.toReversed())).toEqual(told(events));
  });
});
