import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRuleEngine, runRules } from '../../../core/rules/run/index.ts';
import type { Hit } from '../../../core/rules/schema.ts';
import { naiveHits, type Event } from './naive.ts';
import { batchOf, CONDITIONS, cut, eventArbitrary, FEATURES, packedOf, ruleArbitrary } from './support.ts';

const DAY = '1970-01-03';
const KINDS = Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[]; // the keys of an object literal
const eventsArbitrary = fc.array(eventArbitrary, { maxLength: 40, size: 'max' });
const bySorting = (hits: readonly Hit[]): Hit[] => [...hits].sort((a, b) => (textOf(a) < textOf(b) ? -1 : 1));
const textOf = ({ rule, at, group }: Hit): string => JSON.stringify([rule, at, group]);
const plainly = (hits: readonly Hit[]): Hit[] => bySorting(hits.map(({ rule, group, at }) => ({ rule, group, at })));
const inOrder = (events: readonly Event[]): Event[] =>
  [...events].sort((a, b) => (a.ts ?? -Infinity) - (b.ts ?? -Infinity));

describe.each(KINDS)('%s: the engine finds what the words of docs/rules.md say', (kind) => {
  it('over a whole log in any order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(ruleArbitrary(kind), { minLength: 1, maxLength: 3 }),
        eventsArbitrary,
        fc.array(fc.nat(9)),
        async (plain, events, lengths) => {
          const rules = plain.map((rule, i) => ({ ...rule, id: `r${i}` }));
          const expected = naiveHits(rules, events, FEATURES, DAY);
          const run = { features: FEATURES, day: DAY };
          const batches = cut(events, lengths).map(batchOf);
          expect((await runRules(rules, batches, run)).hits).toEqual(expected);
          const sorted = cut(inOrder(events), lengths).map(batchOf);
          expect((await runRules(rules, sorted, { ...run, isSorted: true })).hits).toEqual(expected);
          const engine = createRuleEngine(
            rules.filter(({ over }) => over === 'events'),
            { ...run, allowedLateness: 0 },
          );
          const found = [...sorted.flatMap((batch) => engine.push(packedOf(batch))), ...engine.flush()];
          const ofEvents = new Set(rules.filter(({ over }) => over === 'events').map(({ id }) => id));
          expect(plainly(found)).toEqual(bySorting(expected.filter(({ rule }) => ofEvents.has(rule))));
        },
      ),
      { numRuns: 250 },
    );
  });

  it('over a stream out of order within the allowed lateness', () => {
    fc.assert(
      fc.property(
        ruleArbitrary(kind),
        eventsArbitrary,
        fc.array(fc.nat(5)),
        fc.constantFrom(2e6, 600e6, 3600e6),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
        (rule, events, lengths, lateness, delays) => {
          // Each event is held up by less than the allowed lateness.
          const arrivals = events
            .map((event) => {
              const delay = Number(delays.next().value);
              return { event, at: (event.ts ?? 0) + Math.floor(delay * lateness) };
            })
            .sort((a, b) => a.at - b.at)
            .map(({ event }) => event);
          const engine = createRuleEngine([rule], { allowedLateness: lateness, features: FEATURES });
          const hits = cut(arrivals, lengths).flatMap((part, i) => {
            // Now packed, now not; what was pushed belongs to somebody else afterwards.
            const batch = i % 2 === 0 ? packedOf(batchOf(part)) : batchOf(part);
            const found = engine.push(batch);
            for (const column of batch.columns.values()) if (column instanceof Int32Array) column.fill(3);
            return found;
          });
          const all = [...hits, ...engine.flush()];
          expect(engine.counts.late).toBe(0);
          expect(plainly(all)).toEqual(plainly(naiveHits([rule], events, FEATURES, DAY)));
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('late events', () => {
  it('are left out, counted, and the same ones however the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(...KINDS.map(ruleArbitrary)), { minLength: 1, maxLength: 3 }),
        eventsArbitrary,
        fc.array(fc.nat(5)),
        fc.constantFrom(0, 1e6, 5e6, 300e6),
        (plain, events, lengths, lateness) => {
          const rules = plain.map((rule, i) => ({ ...rule, id: `r${i}` }));
          // The watermark, word for word: the latest time so far less the lateness.
          let watermark = -Infinity;
          const inTime = events.filter(({ ts }) => {
            if (ts === null || ts < watermark) return false;
            watermark = Math.max(watermark, ts - lateness);
            return true;
          });
          const engine = createRuleEngine(rules, { allowedLateness: lateness, features: FEATURES });
          const hits = cut(events, lengths).flatMap((part) => engine.push(batchOf(part)));
          const all = [...hits, ...engine.flush()];
          expect(plainly(all)).toEqual(plainly(naiveHits(rules, inTime, FEATURES, DAY)));
          const { counts } = engine;
          expect(counts.events).toBe(events.length);
          expect(counts.untimed).toBe(events.filter(({ ts }) => ts === null).length);
          expect(counts.looked).toBe(inTime.length);
          expect(counts.events).toBe(counts.untimed + counts.ahead + counts.late + counts.held + counts.looked);
          for (const { looked, seen, unseen } of counts.rules) {
            expect(looked).toBe(counts.looked);
            expect(Object.values(unseen).reduce((sum, n) => sum + n, seen)).toBe(looked);
            expect(Math.min(...Object.values(unseen))).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('many events, so that they are looked at in many pieces', () => {
  /** The same event at another time: copies of a log one after the other, overlapping, so that windows reach over them. */
  const later = (event: Event, by: number): Event => (event.ts === null ? event : { ...event, ts: event.ts + by });

  it.each(KINDS)('%s', (kind) => {
    fc.assert(
      fc.property(
        ruleArbitrary(kind),
        fc.array(eventArbitrary, { minLength: 30, maxLength: 40 }),
        fc.array(fc.integer({ min: 100, max: 900 })),
        fc.constantFrom(0, 7e6, 1800e6),
        (rule, events, lengths, step) => {
          const many = inOrder(
            Array.from({ length: 40 }, (_, i) => events.map((event) => later(event, i * step))).flat(),
          );
          const engine = createRuleEngine([rule], { allowedLateness: 0, features: FEATURES });
          const hits = cut(many, lengths).flatMap((part) => engine.push(batchOf(part)));
          expect(plainly([...hits, ...engine.flush()])).toEqual(plainly(naiveHits([rule], many, FEATURES, DAY)));
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('at the limit of what is remembered', () => {
  it('the same events are refused, and hits are told in the same order, however a stream is cut', () => {
    let refusals = 0;
    fc.assert(
      fc.property(
        fc.array(fc.oneof(...KINDS.map(ruleArbitrary)), { minLength: 1, maxLength: 3 }),
        eventsArbitrary,
        fc.array(fc.nat(9)),
        fc.integer({ min: 1, max: 40 }),
        (plain, events, lengths, maxRemembered) => {
          const rules = plain.map((rule, i) => ({ ...rule, id: `r${i}` }));
          const told = (parts: readonly (readonly Event[])[]) => {
            const engine = createRuleEngine(rules, { allowedLateness: 0, features: FEATURES, maxRemembered });
            const hits = parts.flatMap((part) => engine.push(batchOf(part)));
            return { hits: [...hits, ...engine.flush()], counts: engine.counts };
          };
          const sorted = inOrder(events);
          const whole = told([sorted]);
          expect(told(cut(sorted, lengths))).toEqual(whole);
          expect(told(sorted.map((event) => [event]))).toEqual(whole);
          for (const { unseen } of whole.counts.rules) refusals += unseen.refused;
        },
      ),
      { numRuns: 200 },
    );
    expect(refusals).toBeGreaterThan(0);
  });
});

describe('what is remembered', () => {
  it('goes away by time, whatever the rules', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(...KINDS.map(ruleArbitrary)), { maxLength: 4 }),
        eventsArbitrary,
        (rules, events) => {
          const engine = createRuleEngine(rules, { allowedLateness: Infinity });
          engine.push(batchOf(events));
          engine.flush();
          // So many later moments that everything was looked through, of a group that no rule sees.
          const later = createRuleEngine(rules, { allowedLateness: 0 });
          later.push(batchOf(inOrder(events)));
          for (let i = 0; i < 2; i++)
            later.push(
              batchOf(Array.from({ length: 5000 }, (_, j) => ({ ts: 1e12 + i * 1e10 + j, nobody: 'x' }) as Event)),
            );
          later.flush();
          expect(later.counts.remembered).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
