import { isSame, JSON_BYTES, NULL_START, sameEnd, skipJsonSpace, textEnd, valueEnd } from './json-bytes.ts';

/**
 * Reads fields of JSON objects that are no objects or arrays where they stand in the bytes: no text, no object and no copy is
 * made of them. What it does not read is for `JSON.parse`; what it reads, `jsonText` of the parsed field says in the same bytes.
 */
export type FlatJson = {
  /**
   * Whether some bytes are an object whose fields are such values, texts without escapes and numbers as `JSON.stringify` writes
   * them; then field f is bytes[starts[f] .. ends[f]), nothing where it is missing or null. The bytes must be valid UTF-8.
   */
  read(bytes: Uint8Array, start: number, end: number): boolean;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

/** A key of records met before, and the field it is: `NONE`, or `WITHIN` where a field may be in its value. */
type Key = { readonly bytes: Uint8Array; readonly field: number };

const { QUOTE, COMMA, COLON, OPEN, CLOSE } = JSON_BYTES;
const [NONE, WITHIN] = [-1, -2];
/** More keys than this are not remembered. */
const MOST_KEYS = 256;
/** Keys that are compared with the one at hand before it is looked up by its text. */
const MOST_TRIED = 8;

/** For the fields called so, in this order. */
export const createFlatJson = (names: readonly string[]): FlatJson => {
  const starts = new Int32Array(names.length);
  const ends = new Int32Array(names.length);
  const fieldOf = new Map(
    names.filter((name) => name.includes('.')).map((name) => [name.slice(0, name.indexOf('.')), WITHIN]),
  );
  for (const [field, name] of names.entries()) fieldOf.set(name, field);
  const keys: Key[] = [];
  const placeOf = new Map<string, number>();
  /** The place of the key that stood behind the one before, the last time. */
  let expected = 0;

  /** The field of the key that begins behind a quote; its closing quote is at `keyEnd` afterwards, which is −1 where there is none. */
  let keyEnd = 0;
  const find = (bytes: Uint8Array, start: number, end: number): number => {
    const most = Math.min(keys.length, MOST_TRIED);
    for (let tried = 0; tried < most; tried++) {
      const { bytes: known, field } = keys[expected]!; // hot: `expected` is below their number, and places lie inside, here and below
      if (++expected === keys.length) expected = 0;
      const to = start + known.length;
      if (to >= end || bytes[to] !== QUOTE || !isSame(bytes, start, known)) continue;
      keyEnd = to;
      return field;
    }
    keyEnd = textEnd(bytes, start, end);
    if (keyEnd < 0) return NONE;
    const key = Uint8Array.from(bytes.subarray(start, keyEnd)); // a copy: `slice` of a Buffer is none
    const text = Buffer.from(key.buffer).toString();
    const place = placeOf.get(text);
    if (place !== undefined) expected = (place + 1) % keys.length;
    const field = fieldOf.get(text) ?? NONE;
    if (place === undefined && keys.length < MOST_KEYS) {
      placeOf.set(text, keys.push({ bytes: key, field }) - 1);
      expected = 0;
    }
    return field;
  };

  return {
    starts,
    ends,
    read: (bytes, start, end) => {
      for (let field = 0; field < starts.length; field++) ends[field] = starts[field] = 0;
      expected = 0;
      let at = skipJsonSpace(bytes, start, end);
      if (at >= end || bytes[at] !== OPEN) return false;
      at = skipJsonSpace(bytes, at + 1, end);
      if (at < end && bytes[at] === CLOSE) return skipJsonSpace(bytes, at + 1, end) === end;
      for (;;) {
        if (at >= end || bytes[at] !== QUOTE) return false;
        const field = find(bytes, at + 1, end);
        if (keyEnd < 0) return false;
        at = skipJsonSpace(bytes, keyEnd + 1, end);
        if (at >= end || bytes[at] !== COLON) return false;
        at = skipJsonSpace(bytes, at + 1, end);
        if (at >= end) return false;
        const first = bytes[at]!;
        if (field === NONE) at = valueEnd(bytes, at, end);
        else {
          const isText = first === QUOTE;
          const from = isText ? at + 1 : at;
          const to = isText ? textEnd(bytes, from, end) : sameEnd(bytes, from, end);
          if (to < 0) return false;
          if (field >= 0) {
            starts[field] = from;
            ends[field] = first === NULL_START ? from : to;
          }
          at = isText ? to + 1 : to;
        }
        if (at < 0) return false;
        at = skipJsonSpace(bytes, at, end);
        if (at >= end) return false;
        if (bytes[at] === CLOSE) return skipJsonSpace(bytes, at + 1, end) === end;
        if (bytes[at] !== COMMA) return false;
        at = skipJsonSpace(bytes, at + 1, end);
      }
    },
  };
};
