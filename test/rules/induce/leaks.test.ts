import { expect, it } from 'vitest';
import { seededRandom, type Random } from '../../../core/random/index.ts';
import { induceRules, type InduceInput } from '../../../core/rules/induce/index.ts';
import { checkLeaks, gatherEvidence } from '../../../core/rules/leak/index.ts';
import type { Rule } from '../../../core/rules/schema.ts';
import { differ, hitBy, pinned } from '../leak/pinned.ts';
import { batchOf, K, makePopulation, sourceOf, type Population } from '../leak/population.ts';
import { infosOf } from './tables.ts';

const RULES = 1000;

/** Labels that draw rules towards what only few have: the extremes, those with rare values, the busiest, anybody. */
const labelled = ({ actors, features }: Population, random: Random): Int8Array => {
  const kind = random.int(4);
  const nights = features.columns.get('night_share');
  return Int8Array.from(actors, (_, i) => {
    if (kind === 0) return i < 1 + random.int(2) ? 1 : 0;
    if (kind === 1) return i < 12 || i % 17 === 0 ? 1 : 0;
    if (kind === 2) return (nights?.[i] ?? 0) > 0.5 ? 1 : random.int(8) === 0 ? 1 : 0;
    return random.int(4) === 0 ? 1 : 0;
  });
};

it('induces no rule that contains or pins down what fewer than k actors have', { timeout: 300_000 }, async () => {
  const kinds = new Map<string, number>();
  let count = 0;
  for (let seed = 1; count < RULES; seed++) {
    const random = seededRandom(seed);
    const population = makePopulation(seed);
    const source = sourceOf(population);
    const { actors, features, events } = population;
    for (let draw = 0; draw < 6; draw++) {
      const labels = labelled(population, random);
      if (!labels.includes(1) || !labels.includes(0)) continue;
      const input: InduceInput = {
        features,
        infos: infosOf([...features.columns.keys()]),
        labels,
        split: 'random',
        purpose: draw % 2 === 0 ? 'set' : 'one',
        k: K,
        resamples: 0,
        trees: draw % 3,
        ...(draw < 3 ? { events: [batchOf(events)] } : {}),
      };
      const rules: readonly Rule[] = induceRules(input, random.fork(draw)).rules.map(({ rule }) => rule);
      const exported: { readonly rule: string; readonly hits: ArrayLike<number> }[] = [];
      const found: ReadonlySet<string>[] = [];
      for (const rule of rules) {
        const evidence = await gatherEvidence(rule, exported, source);
        expect({ rule, leaks: checkLeaks(rule, evidence) }).toEqual({ rule, leaks: [] });
        expect({ rule, pinned: pinned(rule, population) }).toEqual({ rule, pinned: [] });
        const hit = hitBy(rule, population);
        for (const other of found) {
          for (const only of [differ(hit, other), differ(other, hit)]) expect(only === 0 || only >= K).toBe(true);
        }
        found.push(hit);
        exported.push({ rule: rule.id, hits: evidence.hits });
        kinds.set(rule.over, (kinds.get(rule.over) ?? 0) + 1);
        count++;
      }
      expect(actors).toHaveLength(labels.length);
    }
  }
  // Rules of both kinds are there in number, or this would show nothing.
  expect(Math.min(kinds.get('actors') ?? 0, kinds.get('events') ?? 0)).toBeGreaterThan(100);
});
