import type { Fields } from '../encode/index.ts';
import type { RecordBatch } from './record-batch.ts';

const SPACE = 32;

/** Some fields of each row, joined by a space where both sides hold something; valid until the next call. */
export type FieldJoiner = (bytes: Uint8Array, batch: RecordBatch, rows: number) => Fields;

export const createFieldJoiner = (fields: readonly number[], capacity: number): FieldJoiner => {
  const starts = new Int32Array(capacity);
  const ends = new Int32Array(capacity);
  let joined = new Uint8Array(1 << 12);
  return (bytes, batch, rows) => {
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const start = at;
      for (const field of fields) {
        const span = field * batch.capacity + row;
        const part = bytes.subarray(batch.starts[span] ?? 0, batch.ends[span] ?? 0);
        if (at + part.length + 1 > joined.length) {
          const grown = new Uint8Array((at + part.length + 1) * 2);
          grown.set(joined);
          joined = grown;
        }
        if (at > start && part.length > 0) joined[at++] = SPACE;
        joined.set(part, at);
        at += part.length;
      }
      starts[row] = start;
      ends[row] = at;
    }
    return { bytes: joined, starts, ends, first: 0, rows };
  };
};
