import type { EncodedColumn } from '../plan.ts';
import { decode, skipSpace, trimSpace, type Encoder, type Fault } from './encoder.ts';
import { createTermCache, INLINE, NO_SLOT } from './term-cache.ts';
import { createValidity, type Validity } from './validity.ts';

/** What the raw bytes of a value become, as UTF-8; null is missing. Called once per distinct value, not once per row. */
export type Transform = (bytes: Uint8Array) => Uint8Array | null | Fault;

const utf8 = new TextEncoder();

/** A transform that works on text. */
export const onText =
  (rewrite: (value: string) => string | null): Transform =>
  (bytes) => {
    const text = decode(bytes, 0, bytes.length);
    if (typeof text !== 'string') return text;
    const value = rewrite(text);
    return value === null ? null : utf8.encode(value);
  };

/**
 * A VARCHAR column through a cache from raw bytes to the encoded value: an identifier seen a million times is
 * hashed once. Cached raw bytes live in this worker's memory only.
 */
export const createTermEncoder = (column: string, transform: Transform, required: string | null): Encoder => {
  const cache = createTermCache();
  let words = new Int32Array(0);
  let validity: Validity = createValidity(0);
  let longRows: number[] = [];
  let longIndex: number[] = [];
  let longValues = new Map<Uint8Array, number>();

  const missing = (row: number): string | null => {
    if (required !== null) return required;
    words.fill(0, row * 4, row * 4 + 4);
    validity.setNull(row);
    return null;
  };

  return {
    begin: (capacity) => {
      words = new Int32Array(capacity * 4);
      validity = createValidity(capacity);
      longRows = [];
      longIndex = [];
      longValues = new Map();
    },
    encode: (bytes, from, to, row) => {
      const start = skipSpace(bytes, from, to);
      const end = trimSpace(bytes, start, to);
      if (start === end) return missing(row);
      let slot = cache.find(bytes, start, end);
      if (slot === NO_SLOT) {
        const value = transform(bytes.subarray(start, end));
        if (value !== null && 'fault' in value) return value.fault;
        slot = cache.add(bytes, start, end, value);
      }
      const length = cache.length(slot);
      if (length < 0) return missing(row);
      if (length <= INLINE) cache.copyInline(slot, words, row * 4);
      else {
        words.fill(0, row * 4, row * 4 + 4);
        const value = cache.longValue(slot);
        let index = longValues.get(value);
        if (index === undefined) longValues.set(value, (index = longValues.size));
        longRows.push(row);
        longIndex.push(index);
      }
      return null;
    },
    undo: (row) => {
      validity.setPresent(row);
      if (longRows.at(-1) === row) {
        longRows.pop();
        longIndex.pop();
      }
    },
    finish: (): readonly EncodedColumn[] => {
      const long =
        longRows.length === 0
          ? null
          : { rows: Int32Array.from(longRows), index: Int32Array.from(longIndex), values: [...longValues.keys()] };
      return [{ column, type: 'VARCHAR', data: words.buffer, validity: validity.finish(), long }];
    },
  };
};
