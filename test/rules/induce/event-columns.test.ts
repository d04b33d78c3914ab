import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { microsOf } from '../../../core/rules/duration.ts';
import { eventColumns } from '../../../core/rules/induce/event-columns.ts';
import { tableOfEvents } from '../../../core/rules/induce/event-table.ts';
import { exactHits } from '../../../core/rules/induce/exact-hits.ts';
import { hasRow } from '../../../core/rules/induce/bitset.ts';
import type { EventBatch, EventRule } from '../../../core/rules/schema.ts';
import { plainRule } from '../plain-rule.ts';

type Row = {
  readonly actor: string;
  readonly s: number;
  readonly action: string | null;
  readonly object: string | null;
  readonly amount: number;
};

const ACTORS = ['a', 'b', 'c'];
const row: fc.Arbitrary<Row> = fc.record({
  actor: fc.constantFrom(...ACTORS),
  // Often the same moment, often a minute or an hour apart to the second: windows are open at their old end.
  s: fc.oneof(
    fc.integer({ min: 0, max: 5 }).map((n) => n * 60),
    fc.integer({ min: 0, max: 4000 }),
  ),
  action: fc.constantFrom('login', 'view', null),
  object: fc.constantFrom('x', 'y', 'z', null),
  amount: fc.oneof(
    fc.constant(Number.NaN),
    fc.integer({ min: -500, max: 500 }).map((n) => n / 100),
  ),
});

const batchOf = (rows: readonly Row[]): EventBatch => ({
  length: rows.length,
  ts: Float64Array.from(rows, ({ s }) => s * 1e6),
  columns: new Map<string, readonly (string | null)[] | Float64Array>([
    ['actor_id', rows.map(({ actor }) => actor)],
    ['action', rows.map(({ action }) => action)],
    ['object_id', rows.map(({ object }) => object)],
    ['amount', Float64Array.from(rows, ({ amount }) => amount)],
  ]),
});

const ruleOf = (when: EventRule['when'], length: string): EventRule =>
  plainRule({ window: { kind: 'sliding', length }, when });

describe('columns of what happened in windows', () => {
  it('reach a threshold exactly for those whom the engine hits with it', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 5, maxLength: 40 }), (rows) => {
        const batch = batchOf(rows);
        const features = { actors: ACTORS, columns: new Map<string, Float64Array>() };
        for (const { values, window, condition } of eventColumns(tableOfEvents([batch], ACTORS), 1)) {
          for (const threshold of new Set(values)) {
            if (Number.isNaN(threshold) || threshold === 0) continue;
            const [hits] = exactHits([ruleOf([condition(threshold)], window)], [batch], features);
            values.forEach((value, i) => expect(hits !== undefined && hasRow(hits, i)).toBe(value >= threshold));
          }
        }
      }),
      { numRuns: 25 },
    );
  });

  it('see the events of one timestamp together', () => {
    const amounts = [5, -3, 1];
    const rows = amounts.map((amount): Row => ({ actor: 'a', s: 61, action: null, object: null, amount }));
    const sums = eventColumns(tableOfEvents([batchOf(rows)], ['a']), 1).filter(({ name }) => name.startsWith('amount'));
    expect(sums.map(({ values }) => values[0])).toEqual([3, 3, 3, 3]);
  });

  it('are of actions that enough actors show, and of windows that the times can tell apart', () => {
    const rows = ACTORS.map((actor, i): Row => ({
      actor,
      s: i * 86_400,
      action: i === 0 ? 'rare' : 'view',
      object: null,
      amount: 1,
    }));
    const columns = eventColumns(tableOfEvents([batchOf(rows)], ACTORS), 2);
    expect(columns.map(({ name }) => name)).toEqual([
      'number of events in 1d',
      'amount in 1d',
      'number of view events in 1d',
      'amount of view in 1d',
    ]);
    expect(new Set(columns.map(({ window }) => microsOf(window)))).toEqual(new Set([86_400e6]));
  });

  it('miss a value for an actor without events', () => {
    const batch = batchOf([{ actor: 'a', s: 1, action: 'view', object: 'x', amount: 1 }]);
    for (const { values } of eventColumns(tableOfEvents([batch], ['a', 'nobody']), 1)) expect(values[1]).toBeNaN();
  });
});
