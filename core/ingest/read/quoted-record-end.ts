const LF = 10;

/** Where the last line end that no quote covers ends, or 0. `block` begins with a record. */
export const lastQuotedRecordEnd = (block: Uint8Array, quote: number, delimiter: number): number => {
  const { length } = block;
  const bytes = Buffer.from(block.buffer, block.byteOffset, length); // whose search is memchr, not a loop
  let end = 0;
  let plainFrom = 0;
  let at = indexOfByte(bytes, quote, 0);
  for (;;) {
    const opens = at === 0 || bytes[at - 1] === delimiter || bytes[at - 1] === LF;
    if (at < length && !opens) {
      at = indexOfByte(bytes, quote, at + 1);
      continue;
    }
    for (let i = at - 1; i >= plainFrom; i--) {
      if (bytes[i] !== LF) continue;
      end = i + 1;
      break;
    }
    if (at >= length) return end;
    at = indexOfByte(bytes, quote, at + 1);
    while (bytes[at + 1] === quote) at = indexOfByte(bytes, quote, at + 2); // doubled
    plainFrom = at + 1;
    at = indexOfByte(bytes, quote, plainFrom);
  }
};

/** Bytes looked at before the native search, whose call costs as much, is worth it. */
const NEAR_BYTES = 32;

/** Where the next such byte is; the length where there is none. */
const indexOfByte = (bytes: Buffer, value: number, from: number): number => {
  const { length } = bytes;
  const far = Math.min(length, from + NEAR_BYTES);
  for (let i = from; i < far; i++) if (bytes[i] === value) return i;
  const found = far < length ? bytes.indexOf(value, far) : -1;
  return found < 0 ? length : found;
};
