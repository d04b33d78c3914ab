import type { RowWriter } from './row-writer.ts';

/** Puts the string values of records into bytes, so that every reader feeds the same encoders. */
export type ValueWriter = {
  add(values: readonly (string | null)[], line: number): void;
  /** Takes a record whose field f is bytes[from[f] .. to[f]), between `start` and `end`. */
  addSpans(bytes: Uint8Array, start: number, end: number, from: Int32Array, to: Int32Array, line: number): void;
  /** Hands on what is held; called at the end of a block. */
  flush(): void;
};

/** Bytes held before they are handed on, unless one record alone has more. */
const HELD_BYTES = 1 << 20;

export const createValueWriter = (writer: RowWriter, fields: number): ValueWriter => {
  const { capacity, starts, ends, lines } = writer.batch;
  const utf8 = new TextEncoder();
  let bytes = new Uint8Array(HELD_BYTES);
  let used = 0;
  let rows = 0;

  const flush = (): void => {
    writer.write(bytes, rows);
    used = 0;
    rows = 0;
  };
  const reserve = (length: number): void => {
    if (used + length <= bytes.length) return;
    const grown = new Uint8Array((used + length) * 2);
    grown.set(bytes.subarray(0, used));
    bytes = grown;
  };
  const endRecord = (line: number): void => {
    lines[rows++] = line;
    if (rows === capacity || used >= HELD_BYTES) flush();
  };
  return {
    addSpans: (of, start, end, from, to, line) => {
      reserve(end - start);
      bytes.set(of.subarray(start, end), used);
      const shift = used - start;
      for (let field = 0; field < fields; field++) {
        const isMissing = from[field] === to[field];
        starts[field * capacity + rows] = isMissing ? used : from[field]! + shift; // hot: as many as there are fields
        ends[field * capacity + rows] = isMissing ? used : to[field]! + shift;
      }
      used += end - start;
      endRecord(line);
    },
    add: (values, line) => {
      for (let field = 0; field < fields; field++) {
        const value = values[field] ?? '';
        reserve(value.length * 3);
        starts[field * capacity + rows] = used;
        used += value === '' ? 0 : utf8.encodeInto(value, bytes.subarray(used)).written;
        ends[field * capacity + rows] = used;
      }
      endRecord(line);
    },
    flush,
  };
};
