import { VECTOR_SIZE } from '../encode/index.ts';

/**
 * Where the fields of some records lie, field by field: field f of row r is bytes[starts[f * capacity + r] ..
 * ends[f * capacity + r]). Few enough rows that they and their bytes stay in a core's cache while they are encoded.
 */
export type RecordBatch = {
  readonly capacity: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Line of each row, counted from the block's first. */
  readonly lines: Int32Array;
};

/** Spans a batch holds at most; only tables of hundreds of columns have fewer rows for it. */
const MOST_SPANS = 1 << 20;

export const createRecordBatch = (fields: number): RecordBatch => {
  const capacity = Math.max(1, Math.min(VECTOR_SIZE, Math.floor(MOST_SPANS / Math.max(1, fields))));
  return {
    capacity,
    starts: new Int32Array(capacity * fields),
    ends: new Int32Array(capacity * fields),
    lines: new Int32Array(capacity),
  };
};

/** Drops the rows that are marked, in place; the number left. */
export const dropRows = (batch: RecordBatch, rows: number, dropped: Uint8Array): number => {
  const { capacity, starts, ends, lines } = batch;
  let kept = 0;
  for (let row = 0; row < rows; row++) if (dropped[row] === 0) lines[kept++] = lines[row] ?? 0;
  for (let first = 0; first < starts.length; first += capacity) {
    let to = first;
    for (let row = 0; row < rows; row++) {
      if (dropped[row] !== 0) continue;
      starts[to] = starts[first + row] ?? 0;
      ends[to++] = ends[first + row] ?? 0;
    }
  }
  return kept;
};
