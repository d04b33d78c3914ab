import type { RowWriter } from './row-writer.ts';

/** Puts the string values of records into bytes, so that every reader feeds the same encoders. */
export type ValueWriter = {
  add(values: readonly (string | null)[], line: number): void;
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
  return {
    add: (values, line) => {
      for (let field = 0; field < fields; field++) {
        const value = values[field] ?? '';
        reserve(value.length * 3);
        starts[field * capacity + rows] = used;
        used += value === '' ? 0 : utf8.encodeInto(value, bytes.subarray(used)).written;
        ends[field * capacity + rows] = used;
      }
      lines[rows++] = line;
      if (rows === capacity || used >= HELD_BYTES) flush();
    },
    flush,
  };
};
