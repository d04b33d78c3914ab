import { createTextFeatures } from '../../anonymize/text-features.ts';
import { decode, type Encoder } from './encoder.ts';
import { createValidity, type Validity } from './validity.ts';

const KEYED = ['text_signature', 'text_digest'] as const;
const NUMBERS = ['text_length', 'text_links', 'text_digits', 'text_upper', 'text_entropy'] as const;

/** Free text becomes the `text_*` columns and is dropped. */
export const createTextEncoder = (key: Uint8Array): Encoder => {
  const featuresOf = createTextFeatures(key);
  let numbers: Float64Array<ArrayBuffer>[] = [];
  let masks: Validity[] = [];
  let keyed: Int32Array<ArrayBuffer>[] = [];
  const setNull = (row: number): null => {
    for (const mask of masks) mask.setNull(row);
    return null;
  };
  return {
    begin: (capacity) => {
      numbers = NUMBERS.map(() => new Float64Array(capacity));
      masks = [...NUMBERS, ...KEYED].map(() => createValidity(capacity));
      keyed = KEYED.map(() => new Int32Array(capacity * 2));
    },
    encode: (bytes, start, end, row) => {
      if (start === end) return setNull(row);
      const text = decode(bytes, start, end);
      if (typeof text !== 'string') return text.fault;
      const features = featuresOf(text);
      const values = [features.length, features.links, features.digits, features.upper, features.entropy];
      values.forEach((value, i) => {
        if (Number.isNaN(value)) masks[i]?.setNull(row);
        else numbers[i]?.fill(value, row, row + 1);
      });
      keyed[0]?.set([features.signatureLow, features.signatureHigh], 2 * row);
      keyed[1]?.set([features.digestLow, features.digestHigh], 2 * row);
      return null;
    },
    undo: (row) => masks.forEach((mask) => mask.setPresent(row)),
    finish: () => [
      ...NUMBERS.map((column, i) => ({
        column,
        type: 'DOUBLE' as const,
        data: (numbers[i] ?? new Float64Array(0)).buffer,
        validity: masks[i]?.finish() ?? null,
        long: null,
      })),
      ...KEYED.map((column, i) => ({
        column,
        type: 'BIGINT' as const,
        data: (keyed[i] ?? new Int32Array(0)).buffer,
        validity: masks[NUMBERS.length + i]?.finish() ?? null,
        long: null,
      })),
    ],
  };
};
