import type { EventBatch } from '../schema.ts';

/**
 * Short texts, four words each, as the import lays them out: the length in bytes (−1: missing), then 12 bytes of UTF-8, those
 * behind the text 0.
 */
export type PackedTexts = Int32Array;

/** Events as a reader of lines makes them: no text is made of what is short. */
export type PackedBatch = Omit<EventBatch, 'columns'> & {
  readonly columns: ReadonlyMap<string, readonly (string | null)[] | Float64Array | PackedTexts>;
};

export const PACKED_WORDS = 4;
/** The bits of a word of letters that are 0 where all of them are ASCII. */
export const NOT_ASCII = 0x80808080 | 0;

/** The packed text that begins at a word; null where it is missing. */
export const textOfPacked = (words: PackedTexts, at: number): string | null => {
  const length = words[at] ?? -1;
  return length < 0 ? null : Buffer.from(words.buffer, words.byteOffset + 4 * (at + 1), length).toString();
};
