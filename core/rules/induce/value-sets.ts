import { isOpenColumn } from '../leak/open-columns.ts';
import type { EventBatch, EventFilter } from '../schema.ts';
import { fMeasure } from './worth.ts';

/** Texts that one filter names at most. */
const MOST_VALUES = 40;

/** Events that are looked at, those looked for before all others. */
export type Pool = { readonly batches: readonly EventBatch[]; readonly isPositive: readonly boolean[] };

/** Which events of each batch are still looked at. */
export type Kept = readonly Uint8Array[];

export type ValueSet = { readonly filter: EventFilter; readonly kept: Kept; readonly f: number };

/**
 * The filter `column in (…)` that tells the events looked for from the others best, by F_β. An event has one value of a column,
 * and F_β exceeds θ exactly where Σ ((1 + β²) p − θ (p + n)) over the values exceeds θ β² P: at the best θ a value helps when its
 * share of positives p / (p + n) is above θ / (1 + β²), so the best set is the values of the highest shares, from the top down.
 * Only columns of behaviour are looked at, and only values that at least `k` actors show.
 */
export const bestValueSet = (
  pool: Pool,
  kept: Kept,
  positives: number,
  k: number,
  beta: number,
): ValueSet | undefined => {
  const columns = new Set(pool.batches.flatMap(({ columns: own }) => [...own.keys()].filter(isOpenColumn)));
  let best: ValueSet | undefined;
  for (const column of [...columns].sort()) {
    const counts = countValues(pool, kept, column, k);
    let [tp, fp, size, f] = [0, 0, 0, 0];
    const ordered = [...counts].sort(([a, x], [b, y]) => y.p * (x.p + x.n) - x.p * (y.p + y.n) || (a < b ? -1 : 1));
    for (const [i, [, { p, n }]] of ordered.slice(0, MOST_VALUES).entries()) {
      tp += p;
      fp += n;
      const now = fMeasure(tp, fp, positives, beta);
      if (now > f) [f, size] = [now, i + 1];
    }
    if (size === 0 || f <= (best?.f ?? 0)) continue;
    const values = ordered
      .slice(0, size)
      .map(([value]) => value)
      .sort();
    const [only] = values;
    const filter: EventFilter =
      values.length === 1 && only !== undefined ? { column, op: '=', value: only } : { column, op: 'in', values };
    best = { filter, kept: keepValues(pool, kept, column, new Set(values)), f };
  }
  return best;
};

type Count = { p: number; n: number };

const countValues = (pool: Pool, kept: Kept, column: string, k: number): ReadonlyMap<string, Count> => {
  const counts = new Map<string, Count>();
  const shownBy = actorsPerValue(pool, column, k);
  forEachValue(pool, column, (value, _, b, i) => {
    if (kept[b]?.[i] !== 1) return;
    const count = counts.get(value) ?? { p: 0, n: 0 };
    counts.set(value, count);
    if (pool.isPositive[b] === true) count.p++;
    else count.n++;
  });
  for (const [value, { p }] of counts) if (p === 0 || (shownBy.get(value)?.size ?? 0) < k) counts.delete(value);
  return counts;
};

/** Up to `k` actors who show each value of a column, in any event. */
export const actorsPerValue = (pool: Pool, column: string, k: number): ReadonlyMap<string, ReadonlySet<string>> => {
  const shownBy = new Map<string, Set<string>>();
  forEachValue(pool, column, (value, actor) => {
    const shown = shownBy.get(value) ?? new Set();
    shownBy.set(value, shown);
    if (shown.size < k) shown.add(actor);
  });
  return shownBy;
};

/** Each text of a column whose event names its actor, with the place of the event. */
const forEachValue = (
  { batches }: Pool,
  column: string,
  visit: (value: string, actor: string, b: number, i: number) => void,
): void =>
  batches.forEach((batch, b) => {
    const values = batch.columns.get(column);
    const actors = batch.columns.get('actor_id');
    if (values === undefined || values instanceof Float64Array || actors instanceof Float64Array) return;
    for (let i = 0; i < batch.length; i++) {
      const [value, actor] = [values[i] ?? null, actors?.[i] ?? null];
      if (value !== null && actor !== null) visit(value, actor, b, i);
    }
  });

const keepValues = (pool: Pool, kept: Kept, column: string, wanted: ReadonlySet<string>): Kept =>
  pool.batches.map((batch, b) => {
    const values = batch.columns.get(column);
    return Uint8Array.from({ length: batch.length }, (_, i) => {
      const value = values instanceof Float64Array ? null : (values?.[i] ?? null);
      return kept[b]?.[i] === 1 && value !== null && wanted.has(value) ? 1 : 0;
    });
  });
