import { CHUNK_LENGTH } from './chunk.ts';
import { grownFloats, grownInts } from './grow.ts';

/** Events of the chunk that a view sees, in order, in which no slot has events of two moments. */
export type Run = {
  /** Their places in the chunk, and of each the group, the slot and the moment. */
  readonly places: Int32Array;
  readonly groups: Int32Array;
  readonly slots: Int32Array;
  readonly times: Float64Array;
  length: number;
};

export const createRun = (): Run => ({
  places: new Int32Array(CHUNK_LENGTH),
  groups: new Int32Array(CHUNK_LENGTH),
  slots: new Int32Array(CHUNK_LENGTH),
  times: new Float64Array(CHUNK_LENGTH),
  length: 0,
});

/** Slots, each at a moment. */
export type Moments = { slots: Int32Array; times: Float64Array };

export const createMoments = (): Moments => ({
  slots: new Int32Array(CHUNK_LENGTH),
  times: new Float64Array(CHUNK_LENGTH),
});

/** Makes room for so many; those that are there stay. */
export const reserveMoments = (moments: Moments, count: number): void => {
  if (count <= moments.slots.length) return;
  moments.slots = grownInts(moments.slots, count);
  moments.times = grownFloats(moments.times, moments.slots.length);
};
