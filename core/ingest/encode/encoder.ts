import type { EncodedColumn } from '../plan.ts';

/** Fills one column (or, for texts, a few) row by row. */
export type Encoder = {
  /** Prepares for up to `capacity` rows. */
  begin(capacity: number): void;
  /** Null, or why the row must go to quarantine. */
  encode(bytes: Uint8Array, start: number, end: number, row: number): string | null;
  /** Forgets a row that went to quarantine: its number is used again by the next one. */
  undo(row: number): void;
  finish(): readonly EncodedColumn[];
};

export const NOT_UTF8 = 'not valid UTF-8';
export const NUL_BYTE = 'holds a NUL byte';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of some bytes; a `Fault` where they are not text. */
export const decode = (bytes: Uint8Array, start: number, end: number): string | Fault => {
  try {
    const text = decoder.decode(bytes.subarray(start, end));
    return text.includes('\0') ? NUL : text;
  } catch (error) {
    if (error instanceof TypeError) return UTF8; // the decoder's own way of saying so
    throw error;
  }
};

export type Fault = { readonly fault: string };
const UTF8: Fault = { fault: NOT_UTF8 };
const NUL: Fault = { fault: NUL_BYTE };

/** Drops ASCII white space at both ends: the new start and end, packed by the caller's needs. */
export const skipSpace = (bytes: Uint8Array, start: number, end: number): number => {
  let i = start;
  while (i < end && bytes[i]! <= 32) i++; // hot: i stays inside the buffer
  return i;
};

export const trimSpace = (bytes: Uint8Array, start: number, end: number): number => {
  let i = end;
  while (i > start && bytes[i - 1]! <= 32) i--; // hot: i - 1 ≥ start
  return i;
};
