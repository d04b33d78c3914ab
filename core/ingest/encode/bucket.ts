import { createColumnBuffers, noWords } from './column-buffer.ts';
import type { Encoder, EncoderMemory } from './encoder.ts';
import { createTermLookup } from './term-lookup.ts';
import { VALUE, valueLengthOf } from './term-table.ts';
import { bucketBytes } from './transform.ts';
import { createValidity } from './validity.ts';

/** A BIGINT column of keyed buckets; the fields are an actor, a NUL and a value. The value itself goes nowhere else. */
export const createBucketEncoder = (column: string, key: Uint8Array, memory: EncoderMemory): Encoder => {
  const lookup = createTermLookup(memory.table, bucketBytes(key, column), { trim: false });
  const buffers = createColumnBuffers(8, memory.spare);
  let words = noWords();
  let validity = createValidity();
  let rows = 0;
  return {
    begin: () => {
      words = new Int32Array(buffers.begin());
      validity = createValidity();
      rows = 0;
    },
    encode: (fields, at, refused, refuse) => {
      rows = at + fields.rows;
      words = new Int32Array(buffers.reserve(words.buffer, rows));
      validity.rewind(at);
      const { places, arena, loose } = lookup(fields, refused, refuse);
      for (let row = 0; row < fields.rows; row++) {
        const place = places[row]!; // hot: once per row
        words[2 * (at + row)] = 0;
        words[2 * (at + row) + 1] = 0;
        if (place > 0 && valueLengthOf(arena[place]!) >= 0) words[2 * (at + row)] = arena[place + VALUE]!;
        else if (place < 0 && loose[-place - 1]) words[2 * (at + row)] = new Int32Array(loose[-place - 1]!.buffer)[0]!;
        else validity.setNull(at + row);
      }
    },
    takeNulled: () => 0,
    finish: () => [{ column, type: 'BIGINT', data: words.buffer, validity: validity.finish(rows), long: null }],
  };
};
