import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Fields } from '../../../core/ingest/encode/encoder.ts';
import { hashBytes } from '../../../core/ingest/encode/term-hash.ts';
import { createTermLookup, type Transform } from '../../../core/ingest/encode/term-lookup.ts';
import {
  createTermTable,
  PLACE,
  settleTable,
  VALUE,
  valueLengthOf,
  wantsSettling,
  type TermTable,
} from '../../../core/ingest/encode/term-table.ts';

const utf8 = new TextEncoder();

/** Fields one behind the other in one buffer, as a reader leaves them. */
const fieldsOf = (values: readonly string[]): Fields => {
  const parts = values.map((value) => utf8.encode(value));
  const ends = Int32Array.from(parts.map((_, i) => parts.slice(0, i + 1).reduce((sum, part) => sum + part.length, 0)));
  const starts = Int32Array.from(parts.map((part, i) => (ends[i] ?? 0) - part.length));
  return { bytes: Buffer.concat(parts), starts, ends, first: 0, rows: values.length };
};

const reversed: Transform = (bytes) => (bytes.length === 1 ? null : Uint8Array.from(bytes).reverse());

/** Values through a look-up, and how often the transform was asked. */
const throughTable = (table: { current: TermTable }, trim = false) => {
  let asked = 0;
  const lookup = createTermLookup(
    () => table.current,
    (bytes) => {
      asked++;
      return reversed(bytes);
    },
    { trim },
  );
  return {
    asked: () => asked,
    find: (values: readonly string[]): (string | null)[] => {
      const { places, arena, loose } = lookup(fieldsOf(values), new Uint8Array(values.length), () => undefined);
      return values.map((_, row) => {
        const place = places[row] ?? 0;
        if (place === 0) return '';
        if (place < 0) return textOrNull(loose[-place - 1] ?? null);
        const length = valueLengthOf(arena[place] ?? 0);
        const from = (place + VALUE) * 4;
        return length < 0 ? null : textOrNull(new Uint8Array(arena.buffer).slice(from, from + length));
      });
    },
  };
};

const textOrNull = (bytes: Uint8Array | null): string | null => (bytes === null ? null : Buffer.from(bytes).toString());
const expected = (value: string): string | null =>
  value === '' ? '' : textOrNull(reversed(utf8.encode(value)) as Uint8Array | null);

const many = (from: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => `value-${from + i}`.padEnd((from + i) % 40, '.'));

describe('a table of terms', () => {
  test('gives what the transform gives, whatever is in it already', () => {
    const table = { current: createTermTable(7) };
    const { find } = throughTable(table);
    const value = fc.oneof(fc.constantFrom('', 'a', 'ab', 'abc', 'abcd', 'abcde'), fc.stringMatching(/^[ -~]{0,40}$/u));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 50 }), (values) => {
        expect(find(values)).toEqual(values.map(expected));
      }),
    );
  });

  test('asks once for each value, however often it comes and however long it is', () => {
    const { find, asked } = throughTable({ current: createTermTable(7) });
    const long = 'l'.repeat(1023);
    for (let i = 0; i < 3; i++) find(['kim', 'lee', 'kim', long, 'x', '']);
    expect(asked()).toBe(4);
  });

  test('does not remember what is longer than an entry may be', () => {
    const { find, asked } = throughTable({ current: createTermTable(7) });
    const tooLong = 'l'.repeat(1024);
    expect(find([tooLong, `${tooLong}k`])).toEqual([tooLong, `k${tooLong}`]);
    find([tooLong]);
    expect(asked()).toBe(3);
  });

  test('tells apart what differs in its length only, even where the hashes meet', () => {
    const table = { current: createTermTable(7) };
    const placeAndTag = (text: string): number => {
      const bytes = utf8.encode(text);
      const hash = hashBytes(new DataView(bytes.buffer), bytes, 0, bytes.length, 7);
      return hash & (~PLACE | (table.current.index.length - 1));
    };
    const short = 'k2832885'.padEnd(9); // found by trying them all
    const pair = [short, `${short}\0`];
    expect(new Set(pair.map(placeAndTag)).size).toBe(1);
    const { find, asked } = throughTable(table);
    find(pair);
    expect(find(pair)).toEqual(pair.map(expected));
    expect(asked()).toBe(2);
  });

  test('trims where asked, and takes both spellings for one value', () => {
    const { find, asked } = throughTable({ current: createTermTable(7) }, true);
    expect(find([' ab', 'ab\t', 'ab', ' '])).toEqual(['ba', 'ba', 'ba', '']);
    expect(asked()).toBe(1);
  });

  test('wants to be settled before it is full, then holds all it held in more room', () => {
    const table = { current: createTermTable(7) };
    const { find, asked } = throughTable(table);
    let count = 0;
    for (; !wantsSettling(table.current); count += 100) find(many(count, 100));
    const before = table.current;
    table.current = settleTable(before, { slots: 1 << 20, words: 1 << 24 });
    expect(table.current.index.length + table.current.arena.length).toBeGreaterThan(
      before.index.length + before.arena.length,
    );
    expect(wantsSettling(table.current)).toBe(false);
    for (let from = 0; from < count; from += 100) expect(find(many(from, 100))).toEqual(many(from, 100).map(expected));
    expect(asked()).toBe(count);
  });

  test('full and not settled, it still gives every value; at its limit it starts over', () => {
    const table = { current: createTermTable(7) };
    const { find } = throughTable(table);
    for (let from = 0; from < 40_000; from += 1000)
      expect(find(many(from, 1000))).toEqual(many(from, 1000).map(expected));
    const limits = { slots: table.current.index.length, words: table.current.arena.length };
    table.current = settleTable(table.current, limits);
    expect(table.current.index.length).toBe(limits.slots);
    expect(table.current.index.every((word) => word === 0)).toBe(true);
    expect(find(many(0, 10))).toEqual(many(0, 10).map(expected));
  });

  test('two who use it at once find what the other put there', () => {
    const table = { current: createTermTable(7) };
    const [one, other] = [throughTable(table), throughTable(table)];
    one.find(many(0, 100));
    other.find(many(50, 100));
    one.find(many(100, 100));
    expect(other.asked()).toBe(50);
    expect(one.asked()).toBe(150);
  });
});
