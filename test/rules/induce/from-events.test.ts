import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/random/index.ts';
import { induceFromEvents } from '../../../core/rules/induce/index.ts';
import type { EventBatch } from '../../../core/rules/schema.ts';
import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import { printRules } from '../../../core/rules/text/print-rule.ts';

type Row = { readonly actor: string; readonly s: number; readonly action: string; readonly outcome?: string };

const batchOf = (rows: readonly Row[]): EventBatch => ({
  length: rows.length,
  ts: Float64Array.from(rows, ({ s }) => s * 1e6),
  columns: new Map<string, readonly (string | null)[]>([
    ['actor_id', rows.map(({ actor }) => actor)],
    ['object_id', rows.map((_, i) => `object${i}`)],
    ['action', rows.map(({ action }) => action)],
    ['outcome', rows.map(({ outcome }) => outcome ?? null)],
  ]),
});

const random = seededRandom(1);
const ordinary = Array.from({ length: 3000 }, (): Row => {
  const action = ['list', 'get', 'put', 'delete'][random.int(4)] ?? 'list';
  return {
    actor: `o${random.int(30)}`,
    s: random.int(30 * 86_400),
    action,
    outcome: random.int(9) === 0 ? 'failure' : 'success',
  };
});

describe('a rule of some events', () => {
  it('names the actions that only they show, one event at a time', () => {
    const own = Array.from({ length: 60 }, (_, i): Row => ({
      actor: `p${i % 12}`,
      s: i * 500,
      action: i < 30 ? 'stop_trail' : 'delete_trail',
    }));
    const { rule, events } = induceFromEvents({ positive: [batchOf(own)], other: [batchOf(ordinary)], k: 10 });
    expect(rule).toMatchObject({
      where: { column: 'action', op: 'in', values: ['delete_trail', 'stop_trail'] },
      window: { kind: 'event' },
    });
    expect(events).toMatchObject({ truePositives: 60, falsePositives: 0, falseNegatives: 0 });
  });

  it('adds another column where actions alone do not tell them apart', () => {
    const own = Array.from({ length: 60 }, (_, i): Row => ({
      actor: `p${i % 12}`,
      s: i * 86_400,
      action: 'delete',
      outcome: 'failure',
    }));
    const { rule } = induceFromEvents({ positive: [batchOf(own)], other: [batchOf(ordinary)] });
    expect(JSON.stringify(rule?.where)).toMatch(/delete.*failure|failure.*delete/);
  });

  it('counts in a window where single events are like others', () => {
    const own = Array.from({ length: 240 }, (_, i): Row => ({
      actor: `p${i % 12}`,
      s: 3 * 86_400 + Math.floor(i / 12),
      action: 'get',
      outcome: 'success',
    }));
    // The same actors days before, one event at a time: not a part of what is caught.
    const earlier = Array.from({ length: 12 }, (_, i): Row => ({
      actor: `p${i}`,
      s: 86_400,
      action: 'get',
      outcome: 'success',
    }));
    const { rule, events } = induceFromEvents({
      positive: [batchOf([...own, ...earlier])],
      other: [batchOf(ordinary)],
    });
    expect(rule?.window.kind).toBe('sliding');
    expect(events).toMatchObject({ truePositives: 240, falsePositives: 0, falseNegatives: 12 });
    expect(parseRules(printRules(rule === null ? [] : [rule])).rules).toEqual([rule]);
  });

  it('names no value that fewer than k actors show', () => {
    const own = Array.from({ length: 50 }, (_, i): Row => ({ actor: `p${i % 9}`, s: i, action: 'secret_of_nine' }));
    const { rule, events, notes } = induceFromEvents({ positive: [batchOf(own)], other: [batchOf(ordinary)], k: 10 });
    expect([rule, events, notes.map(({ code }) => code)]).toEqual([null, null, ['no-support']]);
    expect(JSON.stringify(induceFromEvents({ positive: [batchOf(own)], other: [], k: 9 }).rule)).toContain(
      'secret_of_nine',
    );
  });

  it('names no action in an order of actions that fewer than k actors show', () => {
    const inPairs = (who: string, actors: number, pair: readonly string[]): Row[] =>
      Array.from({ length: 240 }, (_, i) => ({
        actor: `${who}${i % actors}`,
        s: 3600 * (Math.floor(i / 2 / actors) + 1) + 10 * (Math.floor(i / actors) % 2),
        action: pair[Math.floor(i / actors) % 2] ?? '',
        outcome: 'failure',
      }));
    const input = (actors: number) => ({
      positive: [batchOf(inPairs('q', actors, ['begin_it', 'end_it']))],
      other: [batchOf(inPairs('o', 30, ['list', 'get']))],
      k: 10,
    });
    const few = induceFromEvents(input(3));
    expect(few.rule?.where).toEqual({ column: 'outcome', op: '=', value: 'failure' });
    expect(JSON.stringify(few.rule)).not.toMatch(/begin_it|end_it/);
    expect(JSON.stringify(induceFromEvents(input(12)).rule)).toMatch(/begin_it/);
  });

  it('needs events', () => {
    expect(() => induceFromEvents({ positive: [], other: [batchOf(ordinary)] })).toThrow(/no events/);
  });
});
