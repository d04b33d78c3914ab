import { createRuleEngine } from '../run/index.ts';
import type { EventBatch, EventRule, RuleFeatures } from '../schema.ts';
import { addRow, emptySet, type Bitset } from './bitset.ts';

/** The actors that rules over their events hit, as the engine says, one set per rule. */
export const exactHits = (
  rules: readonly EventRule[],
  batches: readonly EventBatch[],
  features: RuleFeatures,
): readonly Bitset[] => {
  const sets = rules.map(() => emptySet(features.actors.length));
  if (rules.length === 0) return sets;
  const engine = createRuleEngine(rules, {
    features,
    allowedLateness: Number.POSITIVE_INFINITY,
    maxHeld: Number.POSITIVE_INFINITY,
    maxRemembered: 2 ** 28,
  });
  const rows = new Map(features.actors.map((actor, row) => [actor, row]));
  const places = new Map(rules.map(({ id }, place) => [id, place]));
  for (const hit of [...batches.flatMap((batch) => engine.push(batch)), ...engine.flush()]) {
    const row = rows.get(hit.group[0] ?? '');
    const set = sets[places.get(hit.rule) ?? -1];
    if (row !== undefined && set !== undefined) addRow(set, row);
  }
  return sets;
};
