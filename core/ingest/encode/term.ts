import type { EncodedColumn } from '../plan.ts';
import { createColumnBuffers, noWords } from './column-buffer.ts';
import { decode, type Encoder, type EncoderMemory } from './encoder.ts';
import { createTermLookup, type Transform } from './term-lookup.ts';
import { INLINE, VALUE, valueLengthOf } from './term-table.ts';
import { createValidity } from './validity.ts';

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

/** A VARCHAR column through a table of values: an identifier seen a million times is hashed once. */
export const createTermEncoder = (
  column: string,
  transform: Transform,
  memory: EncoderMemory,
  required: string | null,
): Encoder => {
  const lookup = createTermLookup(memory.table, transform, { trim: true });
  const buffers = createColumnBuffers(16, memory.spare);
  let words = noWords();
  let validity = createValidity();
  let rows = 0;
  let longRows: number[] = [];
  let longIndex: number[] = [];
  let longValues: Uint8Array[] = [];
  let longPlaces = new Map<number, number>();

  const rewind = (at: number): void => {
    validity.rewind(at);
    while ((longRows.at(-1) ?? -1) >= at) {
      longRows.pop();
      longIndex.pop();
    }
  };
  const addLong = (row: number, value: Uint8Array): void => {
    longRows.push(row);
    longIndex.push(longValues.push(value) - 1);
  };
  const addKnownLong = (row: number, arena: Int32Array, place: number): void => {
    const index = longPlaces.get(place);
    if (index === undefined) {
      const from = (place + VALUE) * 4;
      addLong(row, new Uint8Array(arena.buffer).slice(from, from + valueLengthOf(arena[place] ?? 0)));
      longPlaces.set(place, longValues.length - 1);
    } else {
      longRows.push(row);
      longIndex.push(index);
    }
  };
  const addLoose = (row: number, value: Uint8Array): void => {
    if (value.length > INLINE) addLong(row, value);
    else {
      words[row * 4] = value.length;
      new Uint8Array(words.buffer).set(value, row * 16 + 4);
    }
  };

  return {
    begin: () => {
      words = new Int32Array(buffers.begin());
      validity = createValidity();
      rows = 0;
      longRows = [];
      longIndex = [];
      longValues = [];
      longPlaces = new Map();
    },
    encode: (fields, at, refused, refuse) => {
      rows = at + fields.rows;
      words = new Int32Array(buffers.reserve(words.buffer, rows));
      rewind(at);
      const { places, arena, loose } = lookup(fields, refused, refuse);
      for (let row = 0; row < fields.rows; row++) {
        const place = places[row]!; // hot: once per row of every term column
        const length = place > 0 ? valueLengthOf(arena[place]!) : -1;
        const to = (at + row) * 4;
        if (length >= 0 && length <= INLINE) {
          words[to] = length;
          words[to + 1] = arena[place + VALUE]!;
          words[to + 2] = arena[place + VALUE + 1]!;
          words[to + 3] = arena[place + VALUE + 2]!;
          continue;
        }
        words[to] = 0;
        words[to + 1] = 0;
        words[to + 2] = 0;
        words[to + 3] = 0;
        const value = place < 0 ? (loose[-place - 1] ?? null) : null;
        if (length > INLINE) addKnownLong(at + row, arena, place);
        else if (value !== null) addLoose(at + row, value);
        else if (required === null) validity.setNull(at + row);
        else if (refused[row] === 0) refuse(row, required);
      }
    },
    takeNulled: () => 0,
    finish: (): readonly EncodedColumn[] => {
      const long =
        longRows.length === 0
          ? null
          : { rows: Int32Array.from(longRows), index: Int32Array.from(longIndex), values: longValues };
      return [{ column, type: 'VARCHAR', data: words.buffer, validity: validity.finish(rows), long }];
    },
  };
};
