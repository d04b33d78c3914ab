import type { EventFilter } from '../schema.ts';
import { CHUNK_LENGTH, oncePerChunk } from './chunk.ts';
import type { Field } from './event-field.ts';
import type { EventReader } from './event-reader.ts';

/** For each event of the chunk 1 where it meets a filter, 0 where it does not. */
export type Mask = () => Uint8Array;

/** Masks of filters over a reader's events: the same one for the same filter, so that it is worked out once. */
export const createMasks = (reader: EventReader): ((filter: EventFilter) => Mask) => {
  const byKey = new Map<string, Mask>();
  const maskOf = (filter: EventFilter): Mask => {
    const key = JSON.stringify(filter);
    const known = byKey.get(key);
    if (known !== undefined) return known;
    const fill = compileFilter(filter, reader, maskOf);
    const made = oncePerChunk(reader.chunk, new Uint8Array(CHUNK_LENGTH), (bits) => fill(bits, reader.chunk.length));
    byKey.set(key, made);
    return made;
  };
  return maskOf;
};

type Fill = (bits: Uint8Array, count: number) => void;

/** A comparison with a missing value, or of another type, is false. */
const compileFilter = (filter: EventFilter, reader: EventReader, maskOf: (part: EventFilter) => Mask): Fill => {
  if ('all' in filter) return every(filter.all.map(maskOf));
  if ('any' in filter) return some(filter.any.map(maskOf));
  if ('not' in filter) return opposite(maskOf(filter.not));
  const field = reader.field(filter.column);
  switch (filter.op) {
    case 'present':
      return (bits, count) => bits.set(field.present().subarray(0, count));
    case 'in':
      return oneOf(field, filter.values);
    case '=':
      return typeof filter.value === 'string' ? is(field, filter.value) : numbersThat(field, filter.op, filter.value);
    default:
      return numbersThat(field, filter.op, filter.value);
  }
};

// hot: places lie inside the chunk, here and below
const is = (field: Field, literal: string): Fill => {
  const code = field.codeOf(literal);
  return (bits, count) => {
    const codes = field.codes();
    for (let i = 0; i < count; i++) bits[i] = codes[i] === code ? 1 : 0;
  };
};

const oneOf = (field: Field, literals: readonly string[]): Fill => {
  const own = literals.map((literal) => field.codeOf(literal));
  /** By code, and one more: a text without a code has −1. */
  const table = new Uint8Array(Math.max(0, ...own) + 2);
  for (const code of own) table[code + 1] = 1;
  return (bits, count) => {
    const codes = field.codes();
    for (let i = 0; i < count; i++) {
      const place = codes[i]! + 1;
      bits[i] = place < table.length ? table[place]! : 0;
    }
  };
};

const numbersThat = (field: Field, op: '<' | '<=' | '>' | '>=' | '=', value: number): Fill => {
  const test = TESTS[op];
  return (bits, count) => {
    const numbers = field.numbers();
    for (let i = 0; i < count; i++) bits[i] = test(numbers[i]!, value) ? 1 : 0;
  };
};
const TESTS = {
  '<': (left: number, right: number) => left < right,
  '<=': (left: number, right: number) => left <= right,
  '>': (left: number, right: number) => left > right,
  '>=': (left: number, right: number) => left >= right,
  '=': (left: number, right: number) => left === right,
} as const;

const opposite =
  (inner: Mask): Fill =>
  (bits, count) => {
    const others = inner();
    for (let i = 0; i < count; i++) bits[i] = 1 - others[i]!;
  };

const every =
  (parts: readonly Mask[]): Fill =>
  (bits, count) => {
    bits.fill(1, 0, count);
    for (const part of parts) {
      const others = part();
      for (let i = 0; i < count; i++) bits[i] = bits[i]! & others[i]!;
    }
  };

const some =
  (parts: readonly Mask[]): Fill =>
  (bits, count) => {
    bits.fill(0, 0, count);
    for (const part of parts) {
      const others = part();
      for (let i = 0; i < count; i++) bits[i] = bits[i]! | others[i]!;
    }
  };
