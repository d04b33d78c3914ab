import type { Condition, Duration, EventFilter } from '../schema.ts';
import { actorsPerValue, type Kept, type Pool } from './value-sets.ts';

/** Windows and thresholds that are tried. */
const WINDOWS: readonly Duration[] = ['1m', '10m', '1h', '1d'];
const AT_LEAST = [2, 3, 5, 10, 20];
/** Pairs of actions, the most common first. */
const MOST_PAIRS = 8;

/** What a window of time may be asked to hold of the events that meet a filter. */
export type Windowed = { readonly window: Duration; readonly when: readonly Condition[] };

/** Candidates: so many events, so many different actions or objects, or one common action and then another, in each window. */
export const windowedRules = (pool: Pool, kept: Kept, k: number): readonly Windowed[] => {
  const thresholds = AT_LEAST.flatMap((value): Condition[] => [
    { kind: 'count', where: null, op: '>=', value },
    { kind: 'distinct', column: 'action', where: null, op: '>=', value },
    { kind: 'distinct', column: 'object_id', where: null, op: '>=', value },
  ]);
  const sequences = commonPairs(pool, kept, k).map(([first, second]): Condition => ({
    kind: 'sequence',
    steps: [named(first), named(second)],
  }));
  return WINDOWS.flatMap((window) => [...thresholds, ...sequences].map((condition) => ({ window, when: [condition] })));
};

const named = (action: string): EventFilter => ({ column: 'action', op: '=', value: action });

/**
 * Actions that follow each other most often among the events looked for, of one actor and at later times; each of them is shown
 * by at least `k` actors.
 */
const commonPairs = (pool: Pool, kept: Kept, k: number): readonly (readonly [string, string])[] => {
  const shownBy = actorsPerValue(pool, 'action', k);
  const counts = new Map<string, { readonly pair: readonly [string, string]; count: number }>();
  pool.batches.forEach((batch, b) => {
    if (pool.isPositive[b] !== true) return;
    const actions = batch.columns.get('action');
    const actors = batch.columns.get('actor_id');
    if (actions === undefined || actions instanceof Float64Array || actors instanceof Float64Array) return;
    const order = [...batch.ts.keys()].filter((i) => kept[b]?.[i] === 1 && i < batch.length);
    order.sort((x, y) => (batch.ts[x] ?? 0) - (batch.ts[y] ?? 0));
    const last = new Map<string, { readonly action: string; readonly at: number }>();
    for (const i of order) {
      const [actor, action, at] = [actors?.[i] ?? null, actions[i] ?? null, batch.ts[i] ?? Number.NaN];
      if (actor === null || action === null || Number.isNaN(at)) continue;
      const before = last.get(actor);
      last.set(actor, { action, at });
      if (before === undefined || before.at >= at || before.action === action) continue;
      const key = JSON.stringify([before.action, action]);
      const known = counts.get(key) ?? { pair: [before.action, action] as const, count: 0 };
      known.count++;
      counts.set(key, known);
    }
  });
  return [...counts.values()]
    .filter(({ pair }) => pair.every((action) => (shownBy.get(action)?.size ?? 0) >= k))
    .sort((x, y) => y.count - x.count || (JSON.stringify(x.pair) < JSON.stringify(y.pair) ? -1 : 1))
    .slice(0, MOST_PAIRS)
    .map(({ pair }) => pair);
};
