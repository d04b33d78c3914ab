import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRuleEngine } from '../../../core/rules/run/index.ts';
import { patienceOf } from '../../../core/rules/run/patience.ts';
import { createWaitingEvents, NONE } from '../../../core/rules/run/waiting-events.ts';
import type { Condition, Hit } from '../../../core/rules/schema.ts';
import { naiveHits } from './naive.ts';
import {
  BASE,
  batchOf,
  CONDITIONS,
  cut,
  eventArbitrary,
  FEATURES,
  ruleOf,
  SECOND,
  windowArbitrary,
} from './support.ts';

const textOf = ({ rule, at, group }: Hit): string => JSON.stringify([rule, at, group]);
const count = (op: '>=' | '>' | '=' | '<', value: number): Condition => ({ kind: 'count', where: null, op, value });
const share: Condition = { kind: 'ratio', of: { all: [] }, among: null, op: '>=', value: 0.5 };
const sum: Condition = { kind: 'sum', column: 'amount', where: null, decimals: 0, unit: '', op: '>=', value: 1 };
const sliding = { kind: 'sliding', length: '1m' } as const;
const hourly = { kind: 'tumbling', length: '1h' } as const;

describe('windows that wait until a group has events enough', () => {
  it.each([
    [[count('>=', 5)], 5],
    [[count('>', 5)], 6],
    [[count('>', 4.5)], 5],
    [[count('=', 5)], 5],
    [[count('>=', 5), share], 5],
    [[count('>=', 5), count('>=', 9)], 9],
    [[share], Infinity],
    [[count('<', 9)], Infinity],
    [[count('>=', 1)], Infinity],
    [[count('>=', 5), sum], Infinity],
    [[count('>=', 1e15)], 4096], // no more memory for a threshold than for what comes
  ])('%j: %d', (when, enough) => {
    expect(patienceOf([ruleOf({ window: sliding, when })]).enough).toBe(enough);
  });

  it('do not where another rule looks through the same one and needs less', () => {
    const rules = [
      ruleOf({ window: sliding, when: [count('>=', 9)] }),
      ruleOf({ window: hourly, when: [count('>=', 5)] }),
      ruleOf({ window: hourly, when: [share] }),
    ];
    const { waits, enough } = patienceOf(rules);
    expect([waits(sliding), waits(hourly), enough]).toEqual([true, false, 9]);
  });

  it('do not where all keep but numbers of a group', () => {
    const five = ruleOf({ window: hourly, when: [count('>=', 5)] });
    expect(patienceOf([five]).waits(hourly)).toBe(false);
    expect(patienceOf([five, ruleOf({ window: sliding, when: [count('>=', 9)] })]).waits(hourly)).toBe(true);
  });

  // Rules over the same events in the same groups, so that windows that wait and others stand side by side.
  const large = fc.oneof(
    fc.record({
      kind: fc.constant('count' as const),
      where: fc.constantFrom(null, { column: 'action', op: 'present' as const }),
      op: fc.constantFrom('>=' as const, '>' as const, '=' as const),
      value: fc.integer({ min: 2, max: 12 }),
    }),
    fc.record({
      kind: fc.constant('distinct' as const),
      column: fc.constantFrom('object', 'country'),
      where: fc.constantFrom(null, { column: 'action', op: 'present' as const }),
      op: fc.constantFrom('>=' as const, '>' as const, '=' as const),
      value: fc.integer({ min: 2, max: 8 }),
    }),
    fc.record({
      kind: fc.constant('firstSeen' as const),
      column: fc.constantFrom('object', 'country'),
      lookback: fc.constantFrom('3s', '10m'),
      where: fc.constant(null),
      op: fc.constant('>=' as const),
      value: fc.integer({ min: 2, max: 6 }),
    }),
  );
  const rule = fc.record({
    window: windowArbitrary,
    when: fc.tuple(large, fc.array(fc.oneof(CONDITIONS.ratio, CONDITIONS.count, large), { maxLength: 1 })),
  });
  const event = fc.record({
    event: eventArbitrary,
    object: fc.constantFrom('o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w'),
    actor_id: fc.constantFrom('a', 'a', 'a', 'b', 'c'),
    wait: fc.constantFrom(0, 0, 1, SECOND, SECOND, 2 * SECOND, 400 * SECOND),
  });

  it('find what the words of docs/rules.md say', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { minLength: 1, maxLength: 4 }),
        fc.array(event, { minLength: 60, maxLength: 150, size: 'max' }),
        fc.array(fc.integer({ min: 1, max: 40 })),
        (plain, steps, lengths) => {
          const rules = plain.map(({ window, when: [first, others] }, i) => ({
            ...ruleOf({ window, when: [first, ...others] }),
            id: `r${i}`,
          }));
          let now = BASE;
          const events = steps.map(({ event: fields, object, actor_id, wait }) => {
            now += wait;
            return { ...fields, object, actor_id, ts: now };
          });
          const engine = createRuleEngine(rules, { allowedLateness: 0, features: FEATURES });
          const hits = [...cut(events, lengths).flatMap((part) => engine.push(batchOf(part))), ...engine.flush()];
          const expected = naiveHits(rules, events, FEATURES, '1970-01-03');
          expect(hits.map(textOf).toSorted()).toEqual(expected.map(textOf).toSorted());
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('events that wait', () => {
  it('stand in chains by slot, and go by time', () => {
    const step = fc.record({
      slot: fc.nat(3),
      wait: fc.nat(3),
      told: fc.tuple(fc.integer({ min: -1, max: 9 }), fc.integer({ min: -1, max: 9 })),
      isSwept: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), fc.integer({ min: 1, max: 40 }), (steps, span) => {
        const memory = { used: 0, limit: 1e9 };
        const events = createWaitingEvents(2, memory);
        const last = Float64Array.of(NONE, NONE, NONE, NONE);
        const known: { slot: number; at: number; told: readonly number[] }[] = [];
        let now = 0;
        for (const { slot, wait, told, isSwept } of steps) {
          now += wait;
          if (isSwept) events.sweep(now - span);
          events.add(Float64Array.of(0, now), [Int32Array.of(0, told[0]), Int32Array.of(0, told[1])], 1, last, slot);
          known.push({ slot, at: now, told });
          const found = events.chain(last[slot] ?? NONE, now - span, 400);
          const expected = known.filter((each) => each.slot === slot && each.at > now - span).toReversed();
          expect([...events.times().subarray(0, found)]).toEqual(expected.map(({ at }) => at));
          for (const which of [0, 1])
            expect([...events.told(which).subarray(0, found)]).toEqual(expected.map((each) => each.told[which]));
          expect(events.chain(last[slot] ?? NONE, now - span, 2)).toBe(Math.min(2, expected.length));
          expect(memory.used).toBeGreaterThanOrEqual(known.filter(({ at }) => at > now - span).length);
        }
        // What is over goes, a few at a time.
        for (let i = 0; i < 30; i++) events.sweep(now);
        expect(memory.used).toBe(0);
      }),
      { numRuns: 200 },
    );
  });

  it('stand in as many blocks as they need', () => {
    const memory = { used: 0, limit: 1e9 };
    const events = createWaitingEvents(1, memory);
    const last = Float64Array.of(NONE, NONE, NONE);
    const SPAN = 3000;
    for (let at = 0; at < 20_000; at++) {
      const slot = (at * at) % 3; // 0 and 1, and never 2
      events.add(Float64Array.of(at), [Int32Array.of(at)], 0, last, slot);
      if (at % 100 === 0) events.sweep(at - SPAN);
      if (at % 7 !== 0) continue;
      const found = events.chain(last[1] ?? NONE, at - SPAN, 10);
      const expected = [];
      for (let each = at; each > at - SPAN && each >= 0 && expected.length < 10; each--)
        if (each % 3 !== 0) expected.push(each);
      expect([...events.times().subarray(0, found)]).toEqual(expected);
      expect([...events.told(0).subarray(0, found)]).toEqual(expected);
    }
    expect(memory.used).toBeLessThan(SPAN + 200);
    events.clear();
    expect(memory.used).toBe(0);
    expect(events.chain(last[1] ?? NONE, 0, 10)).toBe(0);
    last[2] = NONE;
    events.add(Float64Array.of(30_000), [Int32Array.of(5)], 0, last, 2);
    expect(events.chain(last[2] ?? NONE, 0, 10)).toBe(1);
    expect([events.times()[0], events.told(0)[0], memory.used]).toEqual([30_000, 5, 1]);
  });
});
