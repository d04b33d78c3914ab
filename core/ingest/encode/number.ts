import { binNumber } from '../../anonymize/generalise.ts';
import type { Encode } from '../plan.ts';
import { createColumnBuffers } from './column-buffer.ts';
import { decode, skipSpace, trimSpace, type Encoder, type EncoderMemory, type Fault } from './encoder.ts';
import { createValidity } from './validity.ts';

const NOT_A_NUMBER: Fault = { fault: 'not a number' };

const POWERS = Float64Array.from({ length: 23 }, (_, i) => 10 ** i);
const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/iu;
const GROUPED = /^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/u;
const GROUPED_COMMA = /^[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?$/u;
/** Whole numbers of so many digits may lie between two doubles. */
const MANY_DIGITS = /^[+-]?(\d{16,})(?:\.0*)?$/u;
const MISSING = /^(?:|na|n\/a|nan|null|none|nil|-|\\n|\?)$/iu;

/** A number as people write it: `1234.5`, `1e3`, `1,234.50`, `$12`, `1.234,5` with a decimal comma. NaN: missing; null: not a number. */
export const parseNumber = (text: string, decimal: '.' | ','): number | null => {
  const bare = text
    .trim()
    .replace(/^([+-]?)[$€£¥]\s?/u, '$1')
    .replace(/\s?[$€£¥]$/u, '');
  if (MISSING.test(bare)) return Number.NaN;
  if (decimal === ',') {
    if (GROUPED_COMMA.test(bare)) return Number(bare.replaceAll('.', '').replace(',', '.'));
    const pointed = bare.replace(',', '.');
    return PLAIN.test(pointed) ? Number(pointed) : null;
  }
  if (PLAIN.test(bare)) return Number(bare);
  if (GROUPED.test(bare)) return Number(bare.replaceAll(',', ''));
  if (/^(?:true|yes)$/iu.test(bare)) return 1;
  if (/^(?:false|no)$/iu.test(bare)) return 0;
  const infinite = /^([+-]?)inf(?:inity)?$/iu.exec(bare);
  return infinite ? (infinite[1] === '-' ? -Infinity : Infinity) : null;
};

/** Whether a number is written with more digits than a double keeps, so that others beside it became the same. */
const isRounded = (text: string, value: number): boolean => {
  const digits = MANY_DIGITS.exec(text)?.[1];
  return digits !== undefined && Number.isFinite(value) && BigInt(digits) !== BigInt(Math.abs(value));
};

/** What is said of numbers that lost digits. */
export const roundedWarning = (column: string, count: number): string =>
  `${count} values of ${column} have more digits than a number keeps here (whole ones up to 2^53) and were rounded.`;

/** Digits with one optional point, at most 15 of them: exact, since both parts are below 2^53 (Clinger 1990). Else NaN. */
const parsePlainBytes = (bytes: Uint8Array, start: number, end: number): number => {
  let i = start;
  const negative = bytes[i] === 45;
  if (negative) i++;
  if (end - i > 16 || i === end) return Number.NaN;
  let value = 0;
  let digits = 0;
  let scale = -1;
  for (; i < end; i++) {
    const byte = bytes[i]!; // hot: once per byte of every number
    if (byte >= 48 && byte <= 57) {
      value = value * 10 + (byte - 48);
      digits++;
      if (scale >= 0) scale++;
    } else if (byte === 46 && scale < 0) scale = 0;
    else return Number.NaN;
  }
  if (digits === 0 || digits > 15) return Number.NaN;
  if (scale > 0) value /= POWERS[scale]!;
  return negative ? -value : value;
};

/** A DOUBLE column. */
export const createNumberEncoder = (
  column: string,
  encode: Extract<Encode, { kind: 'number' }>,
  memory: EncoderMemory,
): Encoder => {
  const buffers = createColumnBuffers(8, memory.spare);
  let values = new Float64Array(new SharedArrayBuffer(0));
  let validity = createValidity();
  let rows = 0;
  let nulled = 0;
  let rounded = 0;
  const pointed = encode.decimal === '.';

  /** NaN where the value is missing. */
  const read = (bytes: Uint8Array, start: number, end: number): number | Fault => {
    const value = pointed ? parsePlainBytes(bytes, start, end) : Number.NaN;
    if (!Number.isNaN(value)) return value;
    const text = decode(bytes, start, end);
    const parsed = typeof text === 'string' ? parseNumber(text, encode.decimal) : null;
    if (parsed !== null) {
      if (typeof text === 'string' && isRounded(text, parsed)) rounded++;
      return parsed;
    }
    if (encode.strict) return typeof text === 'string' ? NOT_A_NUMBER : text;
    nulled++;
    return Number.NaN;
  };
  return {
    begin: () => {
      values = new Float64Array(buffers.begin());
      validity = createValidity();
      rows = 0;
    },
    encode: ({ bytes, starts, ends, first, rows: count }, at, refused, refuse) => {
      rows = at + count;
      values = new Float64Array(buffers.reserve(values.buffer, rows));
      validity.rewind(at);
      nulled = 0;
      rounded = 0;
      for (let row = 0; row < count; row++) {
        if (refused[row] !== 0) continue;
        const start = skipSpace(bytes, starts[first + row]!, ends[first + row]!); // hot: once per record
        const end = trimSpace(bytes, start, ends[first + row]!);
        const value = start === end ? Number.NaN : read(bytes, start, end);
        if (typeof value !== 'number') refuse(row, value.fault);
        else if (Number.isNaN(value)) {
          values[at + row] = 0;
          validity.setNull(at + row);
        } else values[at + row] = encode.binWidth === undefined ? value : binNumber(value, encode.binWidth);
      }
    },
    takeNulled: () => nulled,
    takeRounded: () => rounded,
    finish: () => [{ column, type: 'DOUBLE', data: values.buffer, validity: validity.finish(rows), long: null }],
  };
};
