import { NightjarError } from '../../api/errors.ts';
import type { EventBatch } from '../schema.ts';

/** The events of known actors, by actor and time. */
export type EventTable = {
  readonly actors: number;
  /** Where the events of each actor start; the last entry is how many events there are. */
  readonly starts: Uint32Array;
  readonly ts: Float64Array;
  /** Place in `actionNames`; −1: none. */
  readonly actions: Int32Array;
  readonly actionNames: readonly string[];
  /** A number for each different object; −1: none. */
  readonly objects: Int32Array;
  readonly hasObjects: boolean;
  /** NaN: none. */
  readonly amounts: Float64Array;
  readonly hasAmounts: boolean;
};

/** Puts the events that have a time, and an actor among those given, in the order of actor and time. */
export const tableOfEvents = (batches: readonly EventBatch[], actors: readonly string[]): EventTable => {
  const places = new Map(actors.map((actor, row) => [actor, row]));
  const most = batches.reduce((sum, batch) => sum + batch.length, 0);
  const owner = new Int32Array(most);
  const ts = new Float64Array(most);
  const actions = new Int32Array(most);
  const objects = new Int32Array(most);
  const amounts = new Float64Array(most);
  const actionPlaces = new Map<string, number>();
  const objectPlaces = new Map<string, number>();
  let count = 0;
  for (const batch of batches) {
    const who = textOf(batch, 'actor_id');
    const action = textOf(batch, 'action');
    const object = textOf(batch, 'object_id');
    const amount = batch.columns.get('amount');
    for (let i = 0; i < batch.length; i++) {
      const actor = who?.[i] ?? null;
      const row = actor === null ? undefined : places.get(actor);
      const time = batch.ts[i] ?? Number.NaN;
      if (row === undefined || Number.isNaN(time)) continue;
      owner[count] = row;
      ts[count] = time;
      actions[count] = placeOf(actionPlaces, action?.[i] ?? null);
      objects[count] = placeOf(objectPlaces, object?.[i] ?? null);
      amounts[count] = amount instanceof Float64Array ? (amount[i] ?? Number.NaN) : Number.NaN;
      count++;
    }
  }
  const order = Uint32Array.from({ length: count }, (_, i) => i).sort(
    // Hot: every comparison of the sort; both are below count.
    (a, b) => owner[a]! - owner[b]! || ts[a]! - ts[b]! || a - b,
  );
  const starts = new Uint32Array(actors.length + 1);
  for (let i = 0; i < count; i++) starts[(owner[i] ?? 0) + 1]! += 1; // owner is below actors.length
  for (let row = 0; row < actors.length; row++) starts[row + 1]! += starts[row] ?? 0;
  const pick = <T extends Int32Array | Float64Array>(from: T, into: T): T => {
    order.forEach((at, i) => (into[i] = from[at] ?? 0));
    return into;
  };
  return {
    actors: actors.length,
    starts,
    ts: pick(ts, new Float64Array(count)),
    actions: pick(actions, new Int32Array(count)),
    actionNames: [...actionPlaces.keys()],
    objects: pick(objects, new Int32Array(count)),
    hasObjects: objectPlaces.size > 0,
    amounts: pick(amounts, new Float64Array(count)),
    hasAmounts: amounts.subarray(0, count).some((value) => !Number.isNaN(value)),
  };
};

const placeOf = (places: Map<string, number>, value: string | null): number => {
  if (value === null) return -1;
  const known = places.get(value);
  if (known !== undefined) return known;
  places.set(value, places.size);
  return places.size - 1;
};

const textOf = (batch: EventBatch, name: string): readonly (string | null)[] | undefined => {
  const column = batch.columns.get(name);
  if (!(column instanceof Float64Array)) return column;
  throw new NightjarError('input', 'A column of events holds numbers where texts belong.', { where: name });
};
