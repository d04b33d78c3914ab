import type { Condition, Duration } from '../schema.ts';
import { microsOf } from '../duration.ts';
import type { EventTable } from './event-table.ts';

/** Windows that are tried, where the log's times are fine enough. */
const WINDOWS = ['1m', '10m', '1h', '1d'] as const satisfies readonly Duration[];
/** Actions that most actors have shown, at most so many. */
const MOST_ACTIONS = 12;
/** Steps that sums are counted in. */
const DECIMALS = 2;

/** What may be counted in a window of time. */
export type EventCount = 'count' | 'distinct' | 'sum';

/** What an actor reached at most in any window, as a column of numbers, and the condition that says as much. */
export type EventColumn = {
  readonly name: string;
  readonly kind: EventCount;
  readonly values: Float64Array;
  readonly window: Duration;
  readonly condition: (value: number) => Condition;
};

/**
 * Columns to learn from, one value per actor: of the events of one common action, and of all, the highest count, number of
 * different objects and sum of amounts in any window of each length that the times of the log can tell apart. Common is
 * an action that at least `k` actors show: a rule that named another would speak of too few. Where a target looks only at
 * events that are counted (`ofCounted`), an actor without any has no value: it is on neither side of a threshold.
 */
export const eventColumns = (table: EventTable, k: number, ofCounted = false): readonly EventColumn[] => {
  const actions = commonActions(table, k);
  const grain = grainOf(table.ts);
  return WINDOWS.filter((window) => microsOf(window) >= grain).flatMap((window) =>
    [undefined, ...actions].flatMap((action) => columnsOf(table, window, action, ofCounted)),
  );
};

const commonActions = ({ actors, starts, actions, actionNames }: EventTable, k: number): readonly number[] => {
  const shown = new Uint32Array(actionNames.length);
  const last = new Int32Array(actionNames.length).fill(-1);
  for (let row = 0; row < actors; row++) {
    for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) {
      const action = actions[i] ?? -1;
      if (action < 0 || last[action] === row) continue;
      last[action] = row;
      shown[action]! += 1; // action is below actionNames.length
    }
  }
  return [...shown.keys()]
    .filter((action) => (shown[action] ?? 0) >= k)
    .sort((a, b) => (shown[b] ?? 0) - (shown[a] ?? 0) || a - b)
    .slice(0, MOST_ACTIONS);
};

/** The longest of some usual steps that all times are multiples of, in µs. */
const grainOf = (ts: Float64Array): number =>
  ['1d', '1h', '10m', '1m', '1s'].map(microsOf).find((step) => ts.every((time) => time % step === 0)) ?? 1;

const columnsOf = (
  table: EventTable,
  window: Duration,
  action: number | undefined,
  ofCounted: boolean,
): readonly EventColumn[] => {
  const { actors, starts, actionNames, hasObjects, hasAmounts } = table;
  const named = action === undefined ? undefined : actionNames[action];
  const where = named === undefined ? null : { column: 'action', op: '=' as const, value: named };
  const counts = new Float64Array(actors).fill(Number.NaN);
  const distinct = counts.slice();
  const sums = counts.slice();
  const peaks = makePeaks(table, microsOf(window), action);
  for (let row = 0; row < actors; row++) {
    const [from, to] = [starts[row] ?? 0, starts[row + 1] ?? 0];
    if (from === to) continue; // rules over events do not look at an actor without any
    const { count, objects, steps } = peaks(from, to);
    if (ofCounted && count === 0) continue;
    counts[row] = count;
    distinct[row] = objects;
    sums[row] = steps / 10 ** DECIMALS;
  }
  const of = named === undefined ? '' : ` of ${named}`;
  const op = '>=' as const;
  return [
    {
      kind: 'count',
      name: `number of ${named === undefined ? '' : `${named} `}events in ${window}`,
      values: counts,
      window,
      condition: (value) => ({ kind: 'count', where, op, value }),
    },
    ...(hasObjects
      ? [
          {
            kind: 'distinct' as const,
            name: `number of different objects${of} in ${window}`,
            values: distinct,
            window,
            condition: (value: number): Condition => ({ kind: 'distinct', column: 'object_id', where, op, value }),
          },
        ]
      : []),
    ...(hasAmounts
      ? [
          {
            kind: 'sum' as const,
            name: `amount${of} in ${window}`,
            values: sums,
            window,
            condition: (value: number): Condition => ({
              kind: 'sum',
              column: 'amount',
              where,
              decimals: DECIMALS,
              unit: '',
              op,
              value,
            }),
          },
        ]
      : []),
  ];
};

type Peaks = (from: number, to: number) => { readonly count: number; readonly objects: number; readonly steps: number };

/** The most that stands in any window (t − length, t] that ends at one of the events from…to. */
const makePeaks = (
  { ts, actions, objects, amounts }: EventTable,
  length: number,
  action: number | undefined,
): Peaks => {
  const inside = new Map<number, number>();
  const stepsOf = (i: number): number => {
    const steps = Math.floor((amounts[i] ?? Number.NaN) * 10 ** DECIMALS + 0.5);
    return Number.isNaN(steps) ? 0 : steps;
  };
  const isMeant = (i: number): boolean => action === undefined || actions[i] === action;
  return (from, to) => {
    inside.clear();
    let [count, sum, first] = [0, 0, from];
    const peak = { count: 0, objects: 0, steps: 0 };
    for (let i = from; i < to; i++) {
      const now = ts[i] ?? 0;
      for (; (ts[first] ?? 0) <= now - length; first++) {
        if (!isMeant(first)) continue;
        count--;
        sum -= stepsOf(first);
        const object = objects[first] ?? -1;
        const left = (inside.get(object) ?? 0) - 1;
        if (left > 0) inside.set(object, left);
        else inside.delete(object);
      }
      if (isMeant(i)) {
        count++;
        sum += stepsOf(i);
        const object = objects[i] ?? -1;
        if (object >= 0) inside.set(object, (inside.get(object) ?? 0) + 1);
      }
      if (i + 1 < to && ts[i + 1] === now) continue; // events of one timestamp are seen together
      if (count > peak.count) peak.count = count;
      if (inside.size > peak.objects) peak.objects = inside.size;
      if (sum > peak.steps) peak.steps = sum;
    }
    return peak;
  };
};
