import type { EventBatch } from '../../../core/rules/schema.ts';

type Row = { readonly at: number; readonly values: readonly (string | number | null)[] };

/** The same events in the order of their times, where none comes more than `disorder` µs after a later one. */
export function* inOrder(batches: Iterable<EventBatch>, disorder: number): Generator<EventBatch> {
  let waiting: Row[] = [];
  let latest = -Infinity;
  let names: readonly string[] = [];
  for (const { ts, length, columns } of batches) {
    names = [...columns.keys()];
    const all = [...columns.values()];
    for (let row = 0; row < length; row++) {
      const at = ts[row] ?? Number.NaN;
      latest = Math.max(latest, at);
      waiting.push({ at, values: all.map((values) => values[row] ?? null) });
    }
    waiting.sort((a, b) => a.at - b.at);
    const first = waiting.findIndex(({ at }) => at >= latest - disorder);
    yield batchOf(waiting.splice(0, first), names);
  }
  yield batchOf(waiting, names);
  waiting = [];
}

const batchOf = (rows: readonly Row[], names: readonly string[]): EventBatch => ({
  length: rows.length,
  ts: Float64Array.from(rows, ({ at }) => at),
  columns: new Map(
    names.map((name, i) => [
      name,
      name === 'amount'
        ? Float64Array.from(rows, ({ values }) => Number(values[i] ?? Number.NaN))
        : rows.map(({ values }) => (values[i] === null ? null : String(values[i]))),
    ]),
  ),
});
