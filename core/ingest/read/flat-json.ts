/**
 * Reads JSON objects whose values are no objects or arrays where they stand in the bytes: no text, no object and no copy is
 * made of them. What it does not read is for `JSON.parse`; what it reads, `jsonText` of the parsed field says in the same bytes.
 */
export type FlatJson = {
  /**
   * Whether some bytes are such an object, with texts without escapes and numbers as `JSON.stringify` writes them; then field f
   * is bytes[starts[f] .. ends[f]), nothing where it is missing or null. The bytes must be valid UTF-8.
   */
  read(bytes: Uint8Array, start: number, end: number): boolean;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

/** A key of records met before, and the field it is; −1 for none. */
type Key = { readonly bytes: Uint8Array; readonly field: number };

const [SPACE, TAB, LINE_FEED, RETURN] = [32, 9, 10, 13];
const [QUOTE, BACKSLASH, COMMA, COLON, OPEN, CLOSE] = [34, 92, 44, 58, 123, 125];
const [MINUS, POINT, ZERO, NINE] = [45, 46, 48, 57];
const NONE = -1;
/** More keys than this are looked up by their text. */
const MOST_KEYS = 256;
/** A decimal of so many digits comes back from a double as it was. */
const KEPT_DIGITS = 15;
/** Zeros behind the point of a number below 1 with which `JSON.stringify` needs no exponent. */
const PLAIN_ZEROS = 5;

const utf8 = new TextEncoder();
const LITERALS = new Map(['true', 'false', 'null'].map((literal) => [literal.charCodeAt(0), utf8.encode(literal)]));
const NULL_START = 'null'.charCodeAt(0);

/** For the fields called so, in this order. */
export const createFlatJson = (names: readonly string[]): FlatJson => {
  const starts = new Int32Array(names.length);
  const ends = new Int32Array(names.length);
  const fieldOf = new Map(names.map((name, field) => [name, field]));
  const keys: Key[] = [];
  /** The key that stood behind the one before, the last time. */
  let expected = 0;

  /** The field of the key that begins behind a quote; its closing quote is at `keyEnd` afterwards. */
  let keyEnd = 0;
  const find = (bytes: Uint8Array, start: number, end: number): number => {
    for (let tried = 0; tried < keys.length; tried++) {
      const { bytes: known, field } = keys[expected]!; // hot: `expected` is below their number, and places lie inside, here and below
      if (++expected === keys.length) expected = 0;
      const to = start + known.length;
      if (to >= end || bytes[to] !== QUOTE || !isSame(bytes, start, known)) continue;
      keyEnd = to;
      return field;
    }
    keyEnd = textEnd(bytes, start, end);
    if (keyEnd < 0) return NONE;
    const key = bytes.slice(start, keyEnd);
    const field = fieldOf.get(Buffer.from(key).toString()) ?? NONE;
    if (keys.length < MOST_KEYS) keys.push({ bytes: key, field });
    return field;
  };

  return {
    starts,
    ends,
    read: (bytes, start, end) => {
      for (let field = 0; field < starts.length; field++) ends[field] = starts[field] = 0;
      expected = 0;
      let at = skip(bytes, start, end);
      if (at >= end || bytes[at] !== OPEN) return false;
      at = skip(bytes, at + 1, end);
      if (at < end && bytes[at] === CLOSE) return skip(bytes, at + 1, end) === end;
      for (;;) {
        if (at >= end || bytes[at] !== QUOTE) return false;
        const field = find(bytes, at + 1, end);
        if (keyEnd < 0) return false;
        at = skip(bytes, keyEnd + 1, end);
        if (at >= end || bytes[at] !== COLON) return false;
        at = skip(bytes, at + 1, end);
        if (at >= end) return false;
        const first = bytes[at]!;
        const isText = first === QUOTE;
        const from = isText ? at + 1 : at;
        const to = isText ? textEnd(bytes, from, end) : plainEnd(bytes, from, end);
        if (to < 0) return false;
        if (field >= 0) {
          starts[field] = from;
          ends[field] = first === NULL_START ? from : to;
        }
        at = skip(bytes, isText ? to + 1 : to, end);
        if (at >= end) return false;
        if (bytes[at] === CLOSE) return skip(bytes, at + 1, end) === end;
        if (bytes[at] !== COMMA) return false;
        at = skip(bytes, at + 1, end);
      }
    },
  };
};

const isSame = (bytes: Uint8Array, start: number, known: Uint8Array): boolean => {
  for (let i = 0; i < known.length; i++) if (bytes[start + i] !== known[i]) return false;
  return true;
};

/** Past the white space of JSON. */
const skip = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && isSpace(bytes[at]!)) at++;
  return at;
};

const isSpace = (byte: number): boolean => byte === SPACE || byte === TAB || byte === LINE_FEED || byte === RETURN;

/** Where the quote stands that closes a text; −1 where there is none before an escape or a control character. */
const textEnd = (bytes: Uint8Array, from: number, end: number): number => {
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte < SPACE || byte === BACKSLASH) return -1;
  }
  return -1;
};

/** Where a number, `true`, `false` or `null` ends; −1 for all else, and for numbers that are written in another way than ours. */
const plainEnd = (bytes: Uint8Array, from: number, end: number): number => {
  const literal = LITERALS.get(bytes[from]!);
  if (literal === undefined) return numberEnd(bytes, from, end);
  return from + literal.length <= end && isSame(bytes, from, literal) ? from + literal.length : -1;
};

const numberEnd = (bytes: Uint8Array, from: number, end: number): number => {
  const whole = bytes[from] === MINUS ? from + 1 : from;
  const point = digitsEnd(bytes, whole, end);
  const isBelowOne = point === whole + 1 && bytes[whole] === ZERO;
  if (point === whole || (bytes[whole] === ZERO && !isBelowOne)) return -1;
  // Whole numbers of many digits keep them all (`parseJson`).
  if (point >= end || bytes[point] !== POINT) return isBelowOne && whole > from ? -1 : point;
  const to = digitsEnd(bytes, point + 1, end);
  if (to === point + 1 || bytes[to - 1] === ZERO || to - 1 - whole > KEPT_DIGITS) return -1;
  if (!isBelowOne) return to;
  let zeros = 0;
  while (bytes[point + 1 + zeros] === ZERO) zeros++;
  return zeros > PLAIN_ZEROS ? -1 : to;
};

const digitsEnd = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
  return at;
};
