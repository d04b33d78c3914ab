const [SPACE, TAB, LINE_FEED, RETURN] = [32, 9, 10, 13];
export const JSON_BYTES = { QUOTE: 34, COMMA: 44, COLON: 58, OPEN: 123, CLOSE: 125 } as const;
const { QUOTE, COMMA, COLON, OPEN, CLOSE } = JSON_BYTES;
const [BACKSLASH, OPEN_ARRAY, CLOSE_ARRAY] = [92, 91, 93];
const [PLUS, MINUS, POINT, ZERO, NINE] = [43, 45, 46, 48, 57];
const [LETTER_E, LETTER_U] = [101, 117];
/** What a backslash stands before, but for u. */
const ESCAPED = new Set(Buffer.from('"\\/bfnrt'));
/** Levels of a value that nobody asked for; a deeper one is left to `JSON.parse`, which needs no stack. */
const MOST_LEVELS = 32;

const utf8 = new TextEncoder();
const LITERALS = new Map(['true', 'false', 'null'].map((literal) => [literal.charCodeAt(0), utf8.encode(literal)]));
export const NULL_START = 'null'.charCodeAt(0);

// hot: places lie inside the bytes, here and below
/** Whether some bytes begin at a place. */
export const isSame = (bytes: Uint8Array, start: number, known: Uint8Array): boolean => {
  for (let i = 0; i < known.length; i++) if (bytes[start + i] !== known[i]) return false;
  return true;
};

/** Past the white space of JSON. */
export const skipJsonSpace = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && isSpace(bytes[at]!)) at++;
  return at;
};

const isSpace = (byte: number): boolean => byte === SPACE || byte === TAB || byte === LINE_FEED || byte === RETURN;

/** Where the quote stands that closes a text; −1 where there is none before an escape or a control character. */
export const textEnd = (bytes: Uint8Array, from: number, end: number): number => {
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at;
    if (byte < SPACE || byte === BACKSLASH) return -1;
  }
  return -1;
};

/** Where any value ends that nobody asked for; −1 where it is none, or nested deeper than so many levels. */
export const valueEnd = (bytes: Uint8Array, from: number, end: number, levels = MOST_LEVELS): number => {
  const first = bytes[from]!;
  if (first === QUOTE) return anyTextEnd(bytes, from + 1, end);
  if (first !== OPEN && first !== OPEN_ARRAY) return plainEnd(bytes, from, end);
  return levels === 0 ? -1 : nestedEnd(bytes, from, end, levels - 1);
};

/** Where a number, `true`, `false` or `null` ends; −1 for all else. */
const plainEnd = (bytes: Uint8Array, from: number, end: number): number => {
  const literal = LITERALS.get(bytes[from]!);
  if (literal === undefined) return numberEnd(bytes, from, end);
  return from + literal.length <= end && isSame(bytes, from, literal) ? from + literal.length : -1;
};

/** The same; −1 too for a number that `jsonText` writes in another way than it stands there. */
export const sameEnd = (bytes: Uint8Array, from: number, end: number): number => {
  const to = plainEnd(bytes, from, end);
  if (to < 0 || LITERALS.has(bytes[from]!)) return to;
  return digitsEnd(bytes, from, to) === to || comesBack(bytes, from, to) ? to : -1;
};

/** Of an object or an array. */
const nestedEnd = (bytes: Uint8Array, from: number, end: number, levels: number): number => {
  const isObject = bytes[from] === OPEN;
  const close = isObject ? CLOSE : CLOSE_ARRAY;
  let at = skipJsonSpace(bytes, from + 1, end);
  if (at < end && bytes[at] === close) return at + 1;
  for (;;) {
    if (isObject) {
      if (at >= end || bytes[at] !== QUOTE) return -1;
      at = anyTextEnd(bytes, at + 1, end);
      if (at < 0) return -1;
      at = skipJsonSpace(bytes, at, end);
      if (at >= end || bytes[at] !== COLON) return -1;
      at = skipJsonSpace(bytes, at + 1, end);
    }
    if (at >= end) return -1;
    at = valueEnd(bytes, at, end, levels);
    if (at < 0) return -1;
    at = skipJsonSpace(bytes, at, end);
    if (at >= end) return -1;
    if (bytes[at] === close) return at + 1;
    if (bytes[at] !== COMMA) return -1;
    at = skipJsonSpace(bytes, at + 1, end);
  }
};

/** Behind the quote that closes a text, with its escapes. */
const anyTextEnd = (bytes: Uint8Array, from: number, end: number): number => {
  for (let at = from; at < end; at++) {
    const byte = bytes[at]!;
    if (byte === QUOTE) return at + 1;
    if (byte < SPACE) return -1;
    if (byte !== BACKSLASH) continue;
    const escaped = bytes[++at] ?? 0;
    if (escaped === LETTER_U) {
      for (const last = at + 4; at < last;) if (!isHex(bytes[++at] ?? 0)) return -1;
    } else if (!ESCAPED.has(escaped)) return -1;
  }
  return -1;
};

const isHex = (byte: number): boolean => (byte >= ZERO && byte <= NINE) || ((byte | 32) >= 97 && (byte | 32) <= 102);

/** Of a number, however it is written. */
const numberEnd = (bytes: Uint8Array, from: number, end: number): number => {
  const whole = bytes[from] === MINUS ? from + 1 : from;
  let at = digitsEnd(bytes, whole, end);
  if (at === whole || (bytes[whole] === ZERO && at > whole + 1)) return -1;
  if (at < end && bytes[at] === POINT) {
    const fraction = at + 1;
    at = digitsEnd(bytes, fraction, end);
    if (at === fraction) return -1;
  }
  if (at < end && (bytes[at]! | 32) === LETTER_E) {
    const exponent = bytes[at + 1] === PLUS || bytes[at + 1] === MINUS ? at + 2 : at + 1;
    at = digitsEnd(bytes, exponent, end);
    if (at === exponent) return -1;
  }
  return at;
};

/** Whether a double gives a number back as it stands. Whole numbers of many digits keep them all (`parseJson`). */
const comesBack = (bytes: Uint8Array, from: number, to: number): boolean => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1');
  return String(Number(text)) === text;
};

const digitsEnd = (bytes: Uint8Array, from: number, end: number): number => {
  let at = from;
  while (at < end && bytes[at]! >= ZERO && bytes[at]! <= NINE) at++;
  return at;
};
