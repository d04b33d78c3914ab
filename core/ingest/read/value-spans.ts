import type { FieldSpans } from './row-writer.ts';

/** Puts the string values of one record into bytes, so that every reader feeds the same encoders. */
export const createValueSpans = (
  fields: number,
): { readonly spans: FieldSpans; set(values: readonly (string | null)[]): void } => {
  const spans: FieldSpans = {
    bytes: new Uint8Array(1 << 14),
    starts: new Int32Array(fields),
    ends: new Int32Array(fields),
  };
  const utf8 = new TextEncoder();
  return {
    spans,
    set: (values) => {
      let at = 0;
      for (let i = 0; i < fields; i++) {
        const value = values[i] ?? '';
        if (at + value.length * 3 > spans.bytes.length) {
          const grown = new Uint8Array((at + value.length * 3) * 2);
          grown.set(spans.bytes);
          spans.bytes = grown;
        }
        spans.starts[i] = at;
        at += value === '' ? 0 : utf8.encodeInto(value, spans.bytes.subarray(at)).written;
        spans.ends[i] = at;
      }
    },
  };
};
