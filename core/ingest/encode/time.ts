import { truncateTime } from '../../anonymize/generalise.ts';
import type { Encode } from '../plan.ts';
import { createTimeParser, parseIsoBytes } from '../time/index.ts';
import { decode, skipSpace, trimSpace, type Encoder } from './encoder.ts';
import { createValidity, type Validity } from './validity.ts';

/** A TIMESTAMP column: microseconds since 1970 UTC as 64-bit integers. */
export const createTimeEncoder = (
  column: string,
  encode: Extract<Encode, { kind: 'time' }>,
  required: boolean,
): Encoder => {
  let words = new Int32Array(0);
  let validity: Validity = createValidity(0);
  const { format, truncate } = encode;
  const fast = format.kind === 'iso' && format.zone === 'UTC';
  const parse = createTimeParser(format);
  return {
    begin: (capacity) => {
      words = new Int32Array(capacity * 2);
      validity = createValidity(capacity);
    },
    encode: (bytes, from, to, row) => {
      const start = skipSpace(bytes, from, to);
      const end = trimSpace(bytes, start, to);
      if (start === end) {
        if (required) return 'no time';
        validity.setNull(row);
        return null;
      }
      let micros = fast ? parseIsoBytes(bytes, start, end) : Number.NaN;
      if (Number.isNaN(micros)) {
        const text = decode(bytes, start, end);
        if (typeof text !== 'string') return text.fault;
        micros = parse(text);
        if (Number.isNaN(micros)) return 'time not understood';
      }
      if (truncate) micros = truncateTime(micros, truncate);
      const high = Math.floor(micros / 2 ** 32);
      words[2 * row] = micros - high * 2 ** 32;
      words[2 * row + 1] = high;
      return null;
    },
    undo: (row) => validity.setPresent(row),
    finish: () => [{ column, type: 'TIMESTAMP', data: words.buffer, validity: validity.finish(), long: null }],
  };
};
