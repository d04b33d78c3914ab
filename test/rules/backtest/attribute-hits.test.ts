import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attributeHits, dayOf, presenceRule, ruleHitsOf } from '../../../core/rules/backtest/index.ts';
import type { EventRule, Hit, Window } from '../../../core/rules/schema.ts';
import { plainRule as eventRule } from '../plain-rule.ts';

const SECOND = 1e6;
const HOUR = 3600 * SECOND;

const rule = (window: Window): EventRule => eventRule({ groupBy: ['country'], window });
const hit = (country: string, at: number): Hit => ({ rule: 'r', group: [country], at });
const event = (country: string, actor: string, at: number): Hit => ({ rule: 'r', group: [country, actor], at });

/** Who has part in which hits, by looking at every pair. */
const naive = ({ window }: EventRule, hits: readonly Hit[], events: readonly Hit[]) => {
  const parts = new Map<string, Set<number>>();
  for (const { group, at: when } of events) {
    const t = when ?? 0;
    hits.forEach(({ group: [country], at }, i) => {
      const h = at ?? 0;
      const length = window.kind === 'event' ? 0 : Number(window.length.slice(0, -1)) * SECOND;
      const isIn =
        window.kind === 'event'
          ? t === h
          : window.kind === 'sliding'
            ? t > h - length && t <= h
            : t >= h && t < h + length;
      const actor = group[1] ?? '';
      if (country === group[0] && isIn) parts.set(actor, (parts.get(actor) ?? new Set()).add(i));
    });
  }
  return parts;
};

const attributed = (of: EventRule, hits: readonly Hit[], events: readonly Hit[]) => {
  const { seen, done } = attributeHits(of, hits);
  for (const each of events) seen(each);
  return done();
};

describe('who has part in a hit', () => {
  test('a sliding window leaves out an event exactly as old as it is long', () => {
    const found = attributed(
      rule({ kind: 'sliding', length: '10s' }),
      [hit('DE', 20 * SECOND)],
      [
        event('DE', 'old', 10 * SECOND),
        event('DE', 'in', 10 * SECOND + 1),
        event('FR', 'elsewhere', 15 * SECOND),
        event('DE', 'now', 20 * SECOND),
        event('DE', 'late', 20 * SECOND + 1),
      ],
    );
    expect([...found.byActor.keys()]).toEqual(['in', 'now']);
    expect(found).toMatchObject({ hits: 1 });
  });

  test('a tumbling window holds its start and not its end', () => {
    const found = attributed(
      rule({ kind: 'tumbling', length: '1h' }),
      [hit('DE', HOUR)],
      [
        event('DE', 'before', HOUR - 1),
        event('DE', 'start', HOUR),
        event('DE', 'last', 2 * HOUR - 1),
        event('DE', 'after', 2 * HOUR),
      ],
    );
    expect([...found.byActor.keys()]).toEqual(['start', 'last']);
  });

  test('days are those of the hits, not of the events', () => {
    const day = 24 * HOUR;
    const found = attributed(
      rule({ kind: 'sliding', length: '172800s' }),
      [hit('DE', day), hit('DE', 2 * day)],
      [event('DE', 'x', day - 1)],
    );
    expect([...found.days]).toEqual([
      [1, { hits: 1, actors: new Set(['x']) }],
      [2, { hits: 1, actors: new Set(['x']) }],
    ]);
    expect(found.byActor.get('x')).toEqual({ hits: 2, first: day });
  });

  test('as by looking at every pair, for any window', () => {
    const time = fc.integer({ min: 0, max: 60 }).map((s) => s * SECOND);
    const country = fc.constantFrom('DE', 'FR');
    const windows = fc.constantFrom<Window>(
      { kind: 'event' },
      { kind: 'sliding', length: '7s' },
      { kind: 'tumbling', length: '10s' },
    );
    fc.assert(
      fc.property(
        windows,
        fc.array(fc.tuple(country, time), { maxLength: 20 }),
        fc.array(fc.tuple(country, fc.constantFrom('x', 'y', 'z'), time), { maxLength: 40 }),
        (window, at, of) => {
          const moments = [...new Map(at.map(([c, t]) => [`${c} ${t}`, hit(c, t)])).values()];
          const events = of.map(([c, actor, t]) => event(c, actor, t)).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
          const expected = naive(rule(window), moments, events);
          const found = attributed(rule(window), moments, events);
          expect(found.hits).toBe(moments.length);
          expect(new Map([...found.byActor].map(([actor, { hits }]) => [actor, hits]))).toEqual(
            new Map([...expected].map(([actor, parts]) => [actor, parts.size])),
          );
          for (const [actor, parts] of expected) {
            const times = [...parts].map((i) => moments[i]?.at ?? 0);
            expect(found.byActor.get(actor)?.first).toBe(Math.min(...times));
            for (const t of times) expect(found.days.get(dayOf(t))?.actors.has(actor)).toBe(true);
          }
        },
      ),
    );
  });

  test('a rule by actor needs no events for it, another does', () => {
    expect(() => ruleHitsOf(rule({ kind: 'event' }), [])).toThrow(TypeError);
    expect(presenceRule(rule({ kind: 'sliding', length: '7s' }))).toMatchObject({
      groupBy: ['country', 'actor_id'],
      window: { kind: 'event' },
    });
  });
});
