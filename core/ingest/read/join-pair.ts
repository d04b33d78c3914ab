import { skipSpace, trimSpace } from '../encode/index.ts';
import { createFieldJoiner, type FieldJoiner } from './join-fields.ts';

/**
 * Of each row some fields, a NUL and other fields, each side joined and without the space around it; nothing where one of
 * them is empty. Valid until the next call.
 */
export const createPairJoiner = (left: readonly number[], right: readonly number[], capacity: number): FieldJoiner => {
  const sides = [createFieldJoiner(left, capacity), createFieldJoiner(right, capacity)] as const;
  const starts = new Int32Array(capacity);
  const ends = new Int32Array(capacity);
  let joined = new Uint8Array(1 << 12);
  return (bytes, batch, rows) => {
    const [first, second] = [sides[0](bytes, batch, rows), sides[1](bytes, batch, rows)];
    const most = (first.ends[rows - 1] ?? 0) + (second.ends[rows - 1] ?? 0) + rows;
    if (most > joined.length) joined = new Uint8Array(2 * most);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const a = skipSpace(first.bytes, first.starts[row] ?? 0, first.ends[row] ?? 0);
      const aEnd = trimSpace(first.bytes, a, first.ends[row] ?? 0);
      const b = skipSpace(second.bytes, second.starts[row] ?? 0, second.ends[row] ?? 0);
      const bEnd = trimSpace(second.bytes, b, second.ends[row] ?? 0);
      starts[row] = at;
      if (a < aEnd && b < bEnd) {
        joined.set(first.bytes.subarray(a, aEnd), at);
        at += aEnd - a;
        joined[at++] = 0;
        joined.set(second.bytes.subarray(b, bEnd), at);
        at += bEnd - b;
      }
      ends[row] = at;
    }
    return { bytes: joined, starts, ends, first: 0, rows };
  };
};
