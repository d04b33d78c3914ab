import type { Act } from './acts.ts';
import type { Place } from './places.ts';

/** Events not written yet, column by column. Only the first `size` entries of a column count. */
export type Batch = {
  size: number;
  /** Events ever added: once it reaches `limit`, further ones are dropped. */
  added: number;
  readonly limit: number;
  /** No event is earlier: everything before is written. */
  floorMs: number;
  columns: Columns;
};

type Columns = {
  /** Milliseconds since the log's start. */
  readonly timeMs: Float64Array;
  readonly actor: Uint32Array;
  readonly action: Uint8Array;
  readonly itemType: Uint8Array;
  readonly item: Uint32Array;
  readonly ip: Float64Array;
  readonly device: Uint32Array;
  readonly agent: Uint8Array;
  readonly country: Uint8Array;
  readonly session: Uint32Array;
  readonly failed: Uint8Array;
  readonly amountCents: Int32Array;
  readonly text: Uint8Array;
  readonly textSeed: Uint32Array;
};

const allocate = (capacity: number): Columns => ({
  timeMs: new Float64Array(capacity),
  actor: new Uint32Array(capacity),
  action: new Uint8Array(capacity),
  itemType: new Uint8Array(capacity),
  item: new Uint32Array(capacity),
  ip: new Float64Array(capacity),
  device: new Uint32Array(capacity),
  agent: new Uint8Array(capacity),
  country: new Uint8Array(capacity),
  session: new Uint32Array(capacity),
  failed: new Uint8Array(capacity),
  amountCents: new Int32Array(capacity),
  text: new Uint8Array(capacity),
  textSeed: new Uint32Array(capacity),
});

/** An empty batch that will take at most `limit` events over its whole life. */
export const createBatch = (limit: number): Batch => ({
  size: 0,
  added: 0,
  limit,
  floorMs: 0,
  columns: allocate(4096),
});

/** Adds one event; drops it when the log is full. */
export const add = (batch: Batch, timeMs: number, actor: number, place: Place, act: Act): void => {
  if (batch.added >= batch.limit) return;
  if (batch.size === batch.columns.timeMs.length) grow(batch);
  const i = batch.size++;
  batch.added++;
  const to = batch.columns;
  to.timeMs[i] = Math.max(batch.floorMs, Math.floor(timeMs));
  to.actor[i] = actor;
  to.action[i] = act.action;
  to.itemType[i] = act.itemType;
  to.item[i] = act.item;
  to.ip[i] = place.ip;
  to.device[i] = place.device;
  to.agent[i] = place.agent;
  to.country[i] = place.country;
  to.session[i] = place.session;
  to.failed[i] = act.failed ? 1 : 0;
  to.amountCents[i] = act.amountCents;
  to.text[i] = act.text;
  to.textSeed[i] = act.textSeed;
};

/** Positions of the events before `untilMs`, in order of time, then of being added. */
export const orderBefore = (batch: Batch, untilMs: number): Uint32Array => {
  let scale = 1;
  while (scale < batch.size) scale *= 2;
  const times = batch.columns.timeMs;
  const keys = new Float64Array(batch.size);
  let kept = 0;
  for (let i = 0; i < batch.size; i++) {
    const timeMs = times[i] ?? 0;
    // Time and position in one number: exact, as a day has 2^27 ms and a batch far fewer than 2^26 events.
    if (timeMs < untilMs) keys[kept++] = (timeMs - batch.floorMs) * scale + i;
  }
  return Uint32Array.from(keys.subarray(0, kept).sort(), (key) => key % scale);
};

/** Forgets the events before `untilMs`; from now on none may be earlier. */
export const dropBefore = (batch: Batch, untilMs: number): void => {
  const times = batch.columns.timeMs;
  const keep: number[] = [];
  for (let i = 0; i < batch.size; i++) if ((times[i] ?? 0) >= untilMs) keep.push(i);
  for (const column of Object.values(batch.columns)) {
    for (const [to, from] of keep.entries()) column[to] = column[from] ?? 0;
  }
  batch.size = keep.length;
  batch.floorMs = untilMs;
};

const grow = (batch: Batch): void => {
  const wider = allocate(batch.columns.timeMs.length * 2);
  const from = Object.values(batch.columns);
  Object.values(wider).forEach((column, c) => {
    const old = from[c];
    if (old !== undefined) column.set(old);
  });
  batch.columns = wider;
};
