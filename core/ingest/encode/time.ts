import { truncateTime } from '../../anonymize/generalise.ts';
import type { Encode } from '../plan.ts';
import { createTimeParser, parseIsoBytes } from '../time/index.ts';
import { createColumnBuffers, noWords } from './column-buffer.ts';
import { decode, skipSpace, trimSpace, type Encoder, type EncoderMemory, type Fault } from './encoder.ts';
import { createValidity } from './validity.ts';

const NO_TIME: Fault = { fault: 'no time' };
const NOT_UNDERSTOOD: Fault = { fault: 'time not understood' };

/** A TIMESTAMP column: microseconds since 1970 UTC as 64-bit integers. */
export const createTimeEncoder = (
  column: string,
  encode: Extract<Encode, { kind: 'time' }>,
  required: boolean,
  memory: EncoderMemory,
): Encoder => {
  const buffers = createColumnBuffers(8, memory.spare);
  let words = noWords();
  let validity = createValidity();
  let rows = 0;
  const { format, truncate } = encode;
  const fast = format.kind === 'iso' && format.zone === 'UTC';
  const parse = createTimeParser(format);

  const read = (bytes: Uint8Array, start: number, end: number): number | Fault => {
    const micros = fast ? parseIsoBytes(bytes, start, end) : Number.NaN;
    if (!Number.isNaN(micros)) return micros;
    const text = decode(bytes, start, end);
    if (typeof text !== 'string') return text;
    const parsed = parse(text);
    return Number.isNaN(parsed) ? NOT_UNDERSTOOD : parsed;
  };
  return {
    begin: () => {
      words = new Int32Array(buffers.begin());
      validity = createValidity();
      rows = 0;
    },
    encode: ({ bytes, starts, ends, first, rows: count }, at, refused, refuse) => {
      rows = at + count;
      words = new Int32Array(buffers.reserve(words.buffer, rows));
      validity.rewind(at);
      for (let row = 0; row < count; row++) {
        if (refused[row] !== 0) continue;
        const start = skipSpace(bytes, starts[first + row]!, ends[first + row]!); // hot: once per record
        const end = trimSpace(bytes, start, ends[first + row]!);
        let micros = start === end ? NO_TIME : read(bytes, start, end);
        if (typeof micros !== 'number') {
          if (micros !== NO_TIME || required) {
            refuse(row, micros.fault);
            continue;
          }
          validity.setNull(at + row);
          micros = 0;
        } else if (truncate) micros = truncateTime(micros, truncate);
        const high = Math.floor(micros / 2 ** 32);
        words[2 * (at + row)] = micros - high * 2 ** 32;
        words[2 * (at + row) + 1] = high;
      }
    },
    takeNulled: () => 0,
    finish: () => [{ column, type: 'TIMESTAMP', data: words.buffer, validity: validity.finish(rows), long: null }],
  };
};
