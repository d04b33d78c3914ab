import { createTextFeatures } from '../../anonymize/text-features.ts';
import { decode, type Encoder } from './encoder.ts';
import { createValidity, type Validity } from './validity.ts';

const NUMBERS = ['text_length', 'text_links', 'text_digits', 'text_upper', 'text_entropy'] as const;

/** Free text becomes the `text_*` columns and is dropped. */
export const createTextEncoder = (key: Uint8Array): Encoder => {
  const featuresOf = createTextFeatures(key);
  let numbers: Float64Array<ArrayBuffer>[] = [];
  let masks: Validity[] = [];
  let signature = new Int32Array(0);
  const setNull = (row: number): null => {
    for (const mask of masks) mask.setNull(row);
    return null;
  };
  return {
    begin: (capacity) => {
      numbers = NUMBERS.map(() => new Float64Array(capacity));
      masks = [...NUMBERS, 'text_signature'].map(() => createValidity(capacity));
      signature = new Int32Array(capacity * 2);
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
      signature[2 * row] = features.signatureLow;
      signature[2 * row + 1] = features.signatureHigh;
      return null;
    },
    undo: (row) => masks.forEach((mask) => mask.setPresent(row)),
    finish: () => [
      ...NUMBERS.map((column, i) => ({
        column,
        type: 'DOUBLE' as const,
        data: (numbers[i] ?? new Float64Array(0)).buffer,
        validity: masks[i]?.finish() ?? null,
        longRows: [],
        longValues: [],
      })),
      {
        column: 'text_signature',
        type: 'BIGINT' as const,
        data: signature.buffer,
        validity: masks[NUMBERS.length]?.finish() ?? null,
        longRows: [],
        longValues: [],
      },
    ],
  };
};
