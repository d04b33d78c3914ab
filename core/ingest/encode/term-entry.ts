import { lastWord } from './term-hash.ts';
import { lengthsOf, PLACE, rawLengthOf, VALUE, valueLengthOf, valueWords } from './term-table.ts';

/** Whether an index word leads to the entry of these raw bytes. */
export const holds = (
  arena: Int32Array,
  word: number,
  hash: number,
  view: DataView,
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean => {
  if (((word ^ hash) & ~PLACE) !== 0) return false;
  const entry = word & PLACE;
  return (
    rawLengthOf(arena[entry]!) === length && sameRaw(arena, entry, view, bytes, start, length) // hot: an entry is whole
  );
};

/** Whether the entry's raw bytes, known to be as many, are these. */
export const sameRaw = (
  arena: Int32Array,
  entry: number,
  view: DataView,
  bytes: Uint8Array,
  start: number,
  length: number,
): boolean => {
  let place = entry + VALUE + valueWords(valueLengthOf(arena[entry]!)); // hot: an entry is whole
  const whole = start + (length & ~3);
  for (let at = start; at < whole; at += 4) if (arena[place++] !== view.getInt32(at, true)) return false;
  return (length & 3) === 0 || arena[place] === lastWord(bytes, whole, length & 3);
};

/** Writes the raw bytes behind the value, which is there already. */
export const writeRaw = (
  arena: Int32Array,
  entry: number,
  view: DataView,
  bytes: Uint8Array,
  start: number,
  length: number,
): void => {
  let place = entry + VALUE + valueWords(valueLengthOf(arena[entry]!)); // hot: once per distinct value
  const whole = start + (length & ~3);
  for (let at = start; at < whole; at += 4) arena[place++] = view.getInt32(at, true);
  if ((length & 3) !== 0) arena[place] = lastWord(bytes, whole, length & 3);
};

/** Writes the lengths and the value. */
export const writeValue = (arena: Int32Array, entry: number, rawLength: number, value: Uint8Array | null): void => {
  arena[entry] = lengthsOf(rawLength, value?.length ?? -1);
  const length = value?.length ?? 0;
  const words = valueWords(length);
  for (let word = 0; word < words; word++) {
    const left = length - 4 * word;
    arena[entry + VALUE + word] = value === null || left <= 0 ? 0 : wordOf(value, 4 * word, Math.min(4, left));
  }
};

/** One to four bytes as a little-endian word: faster than the built-in copies for the few bytes of a value. */
const wordOf = (bytes: Uint8Array, at: number, count: number): number =>
  count === 4 ? lastWord(bytes, at, 3) | (bytes[at + 3]! << 24) : lastWord(bytes, at, count); // hot: once per distinct value
