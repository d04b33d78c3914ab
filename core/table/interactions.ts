/** Who did something to what and when, one entry per event, in order of time. All arrays have one length. */
export type Interactions = {
  /** Row of the actor in the table it belongs to. */
  readonly actors: Uint32Array;
  /** 0…objectCount − 1. */
  readonly objects: Uint32Array;
  /** Seconds since 1970. */
  readonly seconds: Float64Array;
  readonly objectCount: number;
};
