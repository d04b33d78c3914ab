import { expect, it } from 'vitest';

import { seededRandom } from '../../../core/random/index.ts';
import { checkLeaks, gatherEvidence } from '../../../core/rules/leak/index.ts';
import { differ, hitBy, pinned } from './pinned.ts';
import { K, makePopulation, sourceOf } from './population.ts';
import { randomRule } from './random-rule.ts';

const POPULATIONS = 12;
const RULES_EACH = 100;
/** Rules that leave together. */
const EXPORT = 3;

it('lets no rule out that contains or pins down what fewer than k actors have', { timeout: 300_000 }, async () => {
  let passed = 0;
  let refused = 0;
  const reasons = new Map<string, number>();
  for (let seed = 1; seed <= POPULATIONS; seed++) {
    const population = makePopulation(seed);
    const source = sourceOf(population);
    const random = seededRandom(seed).fork('rules');
    const exported: { readonly rule: string; readonly hits: ArrayLike<number>; readonly found: ReadonlySet<string> }[] =
      [];
    for (let i = 0; i < RULES_EACH; i++) {
      const rule = randomRule(population, random, i);
      const evidence = await gatherEvidence(rule, exported, source);
      const leaks = checkLeaks(rule, evidence);
      for (const { code } of leaks) reasons.set(code, (reasons.get(code) ?? 0) + 1);
      if (leaks.length > 0) {
        refused += 1;
        continue;
      }
      expect({ rule, pinned: pinned(rule, population) }).toEqual({ rule, pinned: [] });
      const found = hitBy(rule, population);
      for (const other of exported) {
        for (const only of [differ(found, other.found), differ(other.found, found)]) {
          expect(only === 0 || only >= K).toBe(true);
        }
      }
      if (exported.length === EXPORT) exported.length = 0;
      exported.push({ rule: rule.id, hits: evidence.hits, found });
      passed += 1;
    }
  }
  // Both kinds are there in number, or this would show nothing.
  expect(passed).toBeGreaterThan(80);
  expect(refused).toBeGreaterThan(500);
  const codes = ['difference', 'few-actors', 'identifier', 'identity-column', 'off-grid', 'pseudonym', 'rare-value'];
  expect([...reasons.keys()].sort()).toEqual(codes);
});
