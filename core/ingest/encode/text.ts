import { createTextFeatures } from '../../anonymize/text-features.ts';
import { createColumnBuffers, noWords } from './column-buffer.ts';
import { decode, type Encoder, type EncoderMemory } from './encoder.ts';
import { createTermLookup, type Transform } from './term-lookup.ts';
import { VALUE } from './term-table.ts';
import { createValidity } from './validity.ts';

const COLUMNS = [
  { column: 'text_length', type: 'DOUBLE' },
  { column: 'text_links', type: 'DOUBLE' },
  { column: 'text_digits', type: 'DOUBLE' },
  { column: 'text_upper', type: 'DOUBLE' },
  { column: 'text_entropy', type: 'DOUBLE' },
  { column: 'text_signature', type: 'BIGINT' },
  { column: 'text_digest', type: 'BIGINT' },
] as const;
const UPPER = 3;
const FEATURE_WORDS = 2 * COLUMNS.length + 1;
const NO_FEATURES = new ArrayBuffer(FEATURE_WORDS * 4);

/** Free text becomes the `text_*` columns and is dropped; those of a text that comes again are remembered. */
export const createTextEncoder = (key: Uint8Array, memory: EncoderMemory): Encoder => {
  const lookup = createTermLookup(memory.table, featureBytes(key), { trim: false });
  const buffers = createColumnBuffers(8, memory.spare);
  let words = COLUMNS.map(noWords);
  let validity = createValidity();
  let upperValidity = createValidity();
  let rows = 0;
  return {
    begin: () => {
      words = COLUMNS.map(() => new Int32Array(buffers.begin()));
      validity = createValidity();
      upperValidity = createValidity();
      rows = 0;
    },
    encode: (fields, at, refused, refuse) => {
      rows = at + fields.rows;
      words = words.map((column) => new Int32Array(buffers.reserve(column.buffer, rows)));
      validity.rewind(at);
      upperValidity.rewind(at);
      const { places, arena, loose } = lookup(fields, refused, refuse);
      for (let row = 0; row < fields.rows; row++) {
        const place = places[row]!; // hot: once per row
        if (place === 0) {
          validity.setNull(at + row);
          upperValidity.setNull(at + row);
          for (let column = 0; column < COLUMNS.length; column++) {
            const into = words[column]!;
            into[2 * (at + row)] = 0;
            into[2 * (at + row) + 1] = 0;
          }
          continue;
        }
        const features = place > 0 ? arena : new Int32Array(loose[-place - 1]?.buffer ?? NO_FEATURES);
        const from = place > 0 ? place + VALUE : 0;
        for (let column = 0; column < COLUMNS.length; column++) {
          const into = words[column]!; // hot: seven words a text
          into[2 * (at + row)] = features[from + 2 * column]!;
          into[2 * (at + row) + 1] = features[from + 2 * column + 1]!;
        }
        if (features[from + 2 * COLUMNS.length] === 0) upperValidity.setNull(at + row);
      }
    },
    takeNulled: () => 0,
    finish: () => {
      const mask = validity.finish(rows);
      const upper = upperValidity.finish(rows);
      return COLUMNS.map(({ column, type }, i) => ({
        column,
        type,
        data: (words[i] ?? noWords()).buffer,
        validity: i === UPPER ? upper : mask,
        long: null,
      }));
    },
  };
};

/** The features as they lie in the columns, eight bytes each, and whether there is a share of capitals. */
const featureBytes = (key: Uint8Array): Transform => {
  const featuresOf = createTextFeatures(key);
  return (bytes) => {
    const text = decode(bytes, 0, bytes.length);
    if (typeof text !== 'string') return text;
    const { length, links, digits, upper, entropy, ...keyed } = featuresOf(text);
    const hasUpper = !Number.isNaN(upper);
    const value = new Uint32Array(FEATURE_WORDS);
    new Float64Array(value.buffer, 0, 5).set([length, links, digits, hasUpper ? upper : 0, entropy]);
    value.set([keyed.signatureLow, keyed.signatureHigh, keyed.digestLow, keyed.digestHigh, hasUpper ? 1 : 0], 10);
    return new Uint8Array(value.buffer);
  };
};
