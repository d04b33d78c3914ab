import { ACTOR } from '../backtest/rule-hits.ts';
import { microsOf } from '../duration.ts';
import { createRuleEngine } from '../run/index.ts';
import type { EventBatch, EventRule } from '../schema.ts';

/**
 * How many events each rule catches, as the engine says: an event is caught when it lies in a window, of its own actor, that is
 * hit, and meets what the rule sees. The rules group by actor, in sliding windows or moment by moment.
 */
export const caughtEvents = (
  rules: readonly EventRule[],
  batches: readonly EventBatch[],
  isSeen: (batch: number, event: number) => boolean,
): readonly number[] => {
  const engine = createRuleEngine(rules, {
    allowedLateness: Number.POSITIVE_INFINITY,
    maxHeld: Number.POSITIVE_INFINITY,
    maxRemembered: 2 ** 28,
  });
  const hits = [...batches.flatMap((batch) => engine.push(batch)), ...engine.flush()];
  const moments = new Map<string, Map<string, number[]>>();
  for (const { rule, group, at } of hits) {
    const groups = moments.get(rule) ?? new Map<string, number[]>();
    moments.set(rule, groups);
    const times = groups.get(group[0] ?? '') ?? [];
    groups.set(group[0] ?? '', times);
    times.push(at ?? 0);
  }
  for (const groups of moments.values()) for (const times of groups.values()) times.sort((a, b) => a - b);
  return rules.map((rule) => {
    const groups = moments.get(rule.id);
    if (groups === undefined) return 0;
    const length = rule.window.kind === 'event' ? 1 : microsOf(rule.window.length);
    let caught = 0;
    batches.forEach((batch, b) => {
      const actors = batch.columns.get(ACTOR);
      if (actors === undefined || actors instanceof Float64Array) return;
      for (let i = 0; i < batch.length; i++) {
        const times = groups.get(actors[i] ?? '');
        const time = batch.ts[i] ?? Number.NaN;
        // In (t − length, t] of a hit at t: the first hit that is not before the event is near enough.
        const next = times?.[firstFrom(times, time)] ?? Number.POSITIVE_INFINITY;
        if (next - time < length && isSeen(b, i)) caught++;
      }
    });
    return caught;
  });
};

/** Place of the first number that is at least `value`. */
const firstFrom = (sorted: readonly number[], value: number): number => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
};
