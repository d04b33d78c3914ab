import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../core/random/index.ts';
import { induceRules, type InduceInput } from '../../../core/rules/induce/index.ts';
import { jaccard, setOf } from '../../../core/rules/induce/bitset.ts';
import { parseRules } from '../../../core/rules/text/parse-rules.ts';
import { printRules } from '../../../core/rules/text/print-rule.ts';
import { runRules } from '../../../core/rules/run/index.ts';
import { isOnGrid } from '../../../core/rules/leak/grid.ts';
import type { EventBatch } from '../../../core/rules/schema.ts';
import { infosOf, numbers, planted, tableOf } from './tables.ts';

const SET = { split: 'random', purpose: 'set', resamples: 0 } as const;

/** Whom rules hit, as the engine says. */
const hitBy = async (
  input: InduceInput,
  rules: ReturnType<typeof induceRules>['rules'],
): Promise<ReadonlySet<string>> => {
  const { hits } = await runRules(
    rules.map(({ rule }) => rule),
    input.events ?? [],
    { features: input.features, day: '2026-01-01' },
  );
  return new Set(hits.map(({ group }) => group[0] ?? ''));
};

describe('rules from labels', () => {
  it('are those that were planted, with their thresholds near', () => {
    const { rules, list } = induceRules({ ...planted(4000, 1), ...SET }, seededRandom(1));
    const words = rules.map(({ rule }) => rule.when.map((each) => ('feature' in each ? each.feature : '')).sort());
    expect(words.map((each) => each.join()).sort()).toEqual(['failures', 'pause,requests']);
    expect(list.holdOut?.f1.value).toBeGreaterThan(0.95);
    for (const { rule } of rules)
      for (const each of rule.when) if ('value' in each) expect(isOnGrid(each.value)).toBe(true);
  });

  it('hit whom the engine says they hit, and say so of the held-out actors', async () => {
    const input: InduceInput = { ...planted(1500, 2, 20), ...SET };
    const { rules, list } = induceRules(input, seededRandom(3));
    const hit = await hitBy(input, rules);
    const found = input.features.actors.filter((actor, i) => input.labels[i] === 1 && hit.has(actor)).length;
    const wrong = input.features.actors.filter((actor, i) => input.labels[i] === 0 && hit.has(actor)).length;
    const { training, holdOut } = list;
    expect(training.truePositives + (holdOut?.truePositives ?? 0)).toBe(found);
    expect(training.falsePositives + (holdOut?.falsePositives ?? 0)).toBe(wrong);
  });

  it('learn nothing from the actors that are held out', () => {
    const input = { ...planted(800, 4, 30), ...SET };
    const mask = Uint8Array.from(input.labels, (_, i) => (i % 3 === 0 ? 0 : 1));
    const turned = input.labels.map((label, i) => (mask[i] === 0 ? 1 - label : label));
    const rulesOf = (labels: Int8Array) =>
      induceRules({ ...input, labels, split: mask }, seededRandom(5)).rules.map(({ rule }) => rule);
    expect(rulesOf(turned)).toEqual(rulesOf(input.labels));
  });

  it('are the same for the same seed, and few and short as asked', () => {
    const input = { ...planted(900, 6, 10), ...SET, trees: 5 };
    const twice = [1, 1].map((seed) => induceRules(input, seededRandom(seed)));
    expect(twice[0]).toEqual(twice[1]);
    const { rules } = induceRules({ ...input, mostRules: 2, mostConditions: 1 }, seededRandom(1));
    expect(rules.length).toBeLessThanOrEqual(2);
    expect(rules.every(({ rule }) => rule.when.length === 1)).toBe(true);
  });

  it('are none where labels say nothing', () => {
    const random = seededRandom(7);
    const found = Array.from({ length: 20 }, (_, i) => {
      const columns = Object.fromEntries(
        ['a', 'b', 'c'].map((name) => [name, numbers(400, () => random.normal())] as const),
      );
      const labels = Int8Array.from({ length: 400 }, () => (random.float() < 0.1 ? 1 : 0));
      const { list } = induceRules({ ...tableOf(columns), labels, ...SET }, seededRandom(i));
      return list.holdOut?.f1.value ?? 0;
    });
    // By chance F1 of a tenth: what is reported is not what fits the training actors.
    expect(found.reduce((sum, f) => sum + f, 0) / 20).toBeLessThan(0.25);
  });

  it('say nothing twice: no two rules hit nearly the same actors, and no condition can be dropped for free', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const input: InduceInput = { ...planted(1200, seed, 8), ...SET };
      const { rules } = induceRules(input, seededRandom(seed));
      const sets = await Promise.all(rules.map(async (rule) => hitBy(input, [rule])));
      const bits = sets.map((set) => setOf(1200, (row) => set.has(`actor${row}`)));
      bits.forEach((a, i) => bits.slice(i + 1).forEach((b) => expect(jaccard(a, b)).toBeLessThan(0.9)));
      for (const [i, one] of rules.entries()) {
        if (one.rule.when.length === 1) continue;
        for (const [c] of one.rule.when.entries()) {
          const shorter = { ...one, rule: { ...one.rule, when: one.rule.when.toSpliced(c, 1) } } as typeof one;
          expect((await hitBy(input, [shorter])).size).toBeGreaterThan(sets[i]?.size ?? 0);
        }
      }
    }
  });

  it('print, and are read back', () => {
    const rules = induceRules({ ...planted(1000, 8, 20), ...SET }, seededRandom(1)).rules.map(({ rule }) => rule);
    expect(parseRules(printRules(rules)).rules).toEqual(rules);
  });

  it('measure how stable they are', () => {
    const clear = induceRules({ ...planted(1500, 9), ...SET, resamples: 10 }, seededRandom(1)).stability;
    const random = seededRandom(2);
    const noise = planted(1500, 9);
    const labels = Int8Array.from(noise.labels, () => (random.float() < 0.1 ? 1 : 0));
    const unclear = induceRules({ ...noise, labels, ...SET, resamples: 10 }, seededRandom(1)).stability;
    expect(clear?.jaccard).toBeGreaterThan(0.9);
    expect(clear?.conditions).toBeGreaterThan(0.9);
    expect(unclear === null || unclear.jaccard < 0.6).toBe(true);
  });

  it('part actors by time', () => {
    const input = planted(600, 10);
    const times = Float64Array.from(input.labels, (_, i) => (i * 7919) % 600);
    const { list } = induceRules({ ...input, ...SET, split: 'time', times }, seededRandom(1));
    const late = input.labels.filter((label, i) => label === 1 && (times[i] ?? 0) >= 420).length;
    expect((list.holdOut?.truePositives ?? 0) + (list.holdOut?.falseNegatives ?? 0)).toBe(late);
    expect(() => induceRules({ ...input, ...SET, split: 'time' }, seededRandom(1))).toThrow(/no times/);
  });

  it('refuse labels of one kind, and a table of nothing', () => {
    const input = { ...planted(100, 1), ...SET };
    for (const only of [0, 1, -1]) {
      const labels = new Int8Array(100).fill(only);
      expect(() => induceRules({ ...input, labels }, seededRandom(1))).toThrow(/no actor/);
    }
    expect(() => induceRules({ ...input, infos: infosOf(['unknown']) }, seededRandom(1))).toThrow(/no features/);
  });
});

describe('rules with windows of time', () => {
  /** Everybody logs in 30 times a day; some of them 20 times within a minute. */
  const bursts = (): InduceInput & { readonly events: readonly EventBatch[] } => {
    const random = seededRandom(11);
    const labels = Int8Array.from({ length: 300 }, (_, i) => (i % 6 === 0 ? 1 : 0));
    const rows = Array.from(labels).flatMap((label, actor) =>
      Array.from({ length: 30 }, (_, i) => ({
        actor: `actor${actor}`,
        ts: (label === 1 && i < 20 ? 43_200e6 + random.int(60) * 1e6 : random.int(86_400) * 1e6) + 86_400e6,
        action: random.float() < 0.7 || label === 1 ? 'login' : 'view',
      })),
    );
    const batch: EventBatch = {
      length: rows.length,
      ts: Float64Array.from(rows, ({ ts }) => ts),
      columns: new Map<string, readonly string[]>([
        ['actor_id', rows.map(({ actor }) => actor)],
        ['action', rows.map(({ action }) => action)],
      ]),
    };
    const table = tableOf({ noise: numbers(300, () => random.normal()) });
    return { ...table, labels, events: [batch], ...SET };
  };

  it('count in the window where it happened, and hit whom the engine says', async () => {
    const input = bursts();
    const { rules, list } = induceRules(input, seededRandom(1));
    expect(rules).toHaveLength(1);
    const [only] = rules;
    expect(only?.rule).toMatchObject({ over: 'events', groupBy: ['actor_id'], window: { kind: 'sliding' } });
    expect(only?.rule.when[0]?.kind).toBe('count');
    expect(list.holdOut?.f1.value).toBe(1);
    expect((await hitBy(input, rules)).size).toBe(only?.actors);
  });
});

describe('one rule for a few', () => {
  const crowd = () => {
    const random = seededRandom(12);
    const columns = {
      a: numbers(500, () => random.normal() * 10 + 50),
      b: numbers(500, () => random.normal() * 10 + 50),
      c: numbers(500, () => random.normal() * 10 + 50),
    };
    for (const column of [columns.a, columns.b]) for (const row of [7, 8]) column[row] = 79 + row / 10;
    const of = (...rows: number[]) => Int8Array.from({ length: 500 }, (_, i) => (rows.includes(i) ? 1 : 0));
    return { table: tableOf(columns), of };
  };

  it('says what is unusual of one actor, hits it, and at least k others', async () => {
    const { table, of } = crowd();
    const input: InduceInput = { ...table, labels: of(7), ...SET, purpose: 'one' };
    const { rules, notes } = induceRules(input, seededRandom(1));
    expect(rules).toHaveLength(1);
    const hit = await hitBy(input, rules);
    expect(hit.has('actor7')).toBe(true);
    expect(hit.size).toBeGreaterThanOrEqual(10);
    expect(hit.size).toBeLessThan(60);
    expect(rules[0]?.rule.when.map((each) => ('feature' in each ? each.feature : ''))).toEqual(['a', 'b']);
    expect(rules[0]?.holdOut).toBeNull();
    expect(notes.map(({ code }) => code)).toEqual(['few-positives', 'loosened']);
  });

  it('hits all of a small group', async () => {
    const { table, of } = crowd();
    const input: InduceInput = { ...table, labels: of(7, 8), ...SET, purpose: 'one' };
    const hit = await hitBy(input, induceRules(input, seededRandom(1)).rules);
    expect(hit.has('actor7') && hit.has('actor8')).toBe(true);
  });

  it('says where an actor has nothing unusual that enough share', () => {
    const table = tableOf({ a: Float64Array.from({ length: 40 }, (_, i) => (i === 0 ? 1 : 0)) });
    const labels = Int8Array.from({ length: 40 }, (_, i) => (i === 0 ? 1 : 0));
    const { rules, notes } = induceRules({ ...table, labels, ...SET, purpose: 'one' }, seededRandom(1));
    expect(rules).toEqual([]);
    expect(notes.map(({ code }) => code)).toContain('no-support');
  });

  it('is one rule of a larger group too', () => {
    const { rules } = induceRules({ ...planted(1000, 13), ...SET, purpose: 'one' }, seededRandom(1));
    expect(rules).toHaveLength(1);
  });
});
