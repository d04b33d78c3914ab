/** Events that are looked at together, in the order of their times. */
export type Chunk = {
  readonly times: Float64Array;
  /** Where each stands in the columns that are read. */
  readonly rows: Int32Array;
  length: number;
  /** Another one for other events: tells whether something was worked out for these. */
  stamp: number;
};

/** Events looked at together at most: so many that loops pay, so few that what they touch stays in the cache. */
export const CHUNK_LENGTH = 512;

/** Fewer than this are not worth reading ahead for. */
export const FEWEST_AHEAD = 8;

export const createChunk = (): Chunk => ({
  times: new Float64Array(CHUNK_LENGTH),
  rows: new Int32Array(CHUNK_LENGTH),
  length: 0,
  stamp: 0,
});

/** What `make` fills in for the events of a chunk, once for each. */
export const oncePerChunk = <T>(chunk: Chunk, values: T, fill: (values: T) => void): (() => T) => {
  let stamp = -1;
  return () => {
    if (stamp !== chunk.stamp) {
      stamp = chunk.stamp;
      fill(values);
    }
    return values;
  };
};
