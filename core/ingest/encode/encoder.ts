import type { EncodedColumn } from '../plan.ts';
import type { SpareBuffers } from './column-buffer.ts';
import type { TermTable } from './term-table.ts';

/** One field of some records: that of row r is bytes[starts[first + r] .. ends[first + r]). */
export type Fields = {
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly first: number;
  readonly rows: number;
};

/** Told of a row that must go to quarantine, and why. */
export type Refuse = (row: number, reason: string) => void;

/** What an encoder works with, besides its plan. */
export type EncoderMemory = {
  /** What the column's values so far became; another table after it was settled. */
  readonly table: () => TermTable;
  readonly spare: SpareBuffers;
};

/** Fills one column (or, for texts, a few) of a block, some rows at a time. */
export type Encoder = {
  begin(): void;
  /**
   * Writes the fields as rows `at`, `at + 1` … of the block, over what an earlier try left there. Rows with a mark in
   * `refused` are passed over.
   */
  encode(fields: Fields, at: number, refused: Uint8Array, refuse: Refuse): void;
  /** Values of the last `encode` that became null because they are none. */
  takeNulled(): number;
  /** Numbers of the last `encode` that lost digits. */
  takeRounded?(): number;
  finish(): readonly EncodedColumn[];
};

const NOT_UTF8 = 'not valid UTF-8';
const NUL_BYTE = 'holds a NUL byte';

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
