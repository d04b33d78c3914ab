import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEncoder, createTermTables, parseNumber, pseudonymOf } from '../../../core/ingest/encode/index.ts';
import type { ColumnPlan, EncodedColumn, TermTransform } from '../../../core/ingest/plan.ts';
import { utc } from '../../../core/ingest/time/index.ts';
import { KEY, micros, numbers, strings } from '../read/support.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const planOf = (encode: ColumnPlan['encode'], column = 'c', required = false): ColumnPlan => ({
  column,
  fields: [0],
  encode,
  required,
  vaulted: true,
});

/** Encodes values one below the other; rows with a fault are given back and left out, as the row writer does it. */
const encodeAll = (plan: ColumnPlan, values: readonly string[]) => {
  const identities: string[] = [];
  const [table] = createTermTables([plan], KEY);
  if (table === undefined) throw new Error('A column has no table.');
  const memory = { table: () => table, spare: [] };
  const encoder = createEncoder(plan, KEY, memory, {
    onIdentity: (token, column, raw) => identities.push(`${column}:${token}:${raw}`),
  });
  encoder.begin();
  const faults: string[] = [];
  let rows = 0;
  let nulled = 0;
  for (const value of values) {
    const bytes = utf8(value);
    const refused = new Uint8Array(1);
    const [starts, ends] = [Int32Array.of(0), Int32Array.of(bytes.length)];
    encoder.encode({ bytes, starts, ends, first: 0, rows: 1 }, rows, refused, (row, reason) => {
      refused[row] = 1;
      faults.push(reason);
    });
    nulled += encoder.takeNulled();
    if (refused[0] === 0) rows++;
    else encoder.encode({ bytes, starts, ends, first: 0, rows: 0 }, rows, refused, () => undefined);
  }
  const columns = encoder.finish();
  const [first] = columns;
  if (first === undefined) throw new Error('An encoder made no column.');
  return { columns, first, rows, faults, identities, nulled };
};

const terms = (transform: TermTransform, values: readonly string[]): (string | null)[] => {
  const { first, rows } = encodeAll(planOf({ kind: 'term', transform }), values);
  return strings(first, rows);
};

describe('numbers', () => {
  test.each<[string, '.' | ',', number | null]>([
    ['12', '.', 12],
    ['-1.5', '.', -1.5],
    ['+.5e-3', '.', 0.0005],
    ['1,234.50', '.', 1234.5],
    ['1,23', '.', null],
    ['1.234,5', ',', 1234.5],
    ['1,5', ',', 1.5],
    ['$12', '.', 12],
    ['-€3', '.', -3],
    ['3 €', '.', 3],
    ['true', '.', 1],
    ['no', '.', 0],
    ['-inf', '.', -Infinity],
    ['n/a', '.', Number.NaN],
    ['', '.', Number.NaN],
    ['twelve', '.', null],
    ['1e', '.', null],
    ['0x10', '.', null],
  ])('%s with %s', (text, decimal, value) => expect(parseNumber(text, decimal)).toEqual(value));

  test('a column: what is missing is null; strict columns refuse what is no number, lenient ones count it', () => {
    const strict = encodeAll(planOf({ kind: 'number', decimal: '.', strict: true }), ['1', '', 'x', ' 2.5 ']);
    expect(numbers(strict.first, strict.rows)).toEqual([1, null, 2.5]);
    expect(strict.faults).toEqual(['not a number']);
    const lenient = encodeAll(planOf({ kind: 'number', decimal: '.', strict: false }), ['1', '', 'x', '2']);
    expect(numbers(lenient.first, lenient.rows)).toEqual([1, null, null, 2]);
    expect(lenient.nulled).toBe(1);
  });

  test('bins are told by their lower edge', () => {
    const { first, rows } = encodeAll(planOf({ kind: 'number', decimal: '.', strict: true, binWidth: 10 }), [
      '9',
      '10',
      '-1',
    ]);
    expect(numbers(first, rows)).toEqual([0, 10, -10]);
  });

  test('the fast path reads exactly what Number reads', () => {
    const decimals = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.nat({ max: 15 }))
      .map(([negative, digits, point]) => {
        const text = digits.toString().padStart(point + 1, '0');
        return `${negative ? '-' : ''}${point === 0 ? text : `${text.slice(0, -point)}.${text.slice(-point)}`}`;
      });
    fc.assert(
      fc.property(fc.array(fc.oneof(decimals, fc.double({ noNaN: true }).map(String)), { minLength: 1 }), (texts) => {
        const { first, rows } = encodeAll(planOf({ kind: 'number', decimal: '.', strict: true }), texts);
        const found = numbers(first, rows).map((value) => (value === null ? null : value + 0));
        expect(found).toEqual(texts.map((text) => Number(text.replace('Infinity', '1e999')) + 0));
      }),
    );
  });
});

test('times: microseconds before and after 1970, truncated where asked; missing ones are refused where required', () => {
  const texts = ['1970-01-01T00:00:00.000001Z', '1969-12-31T23:59:59Z', '2024-02-29T12:34:56.789+02:00', '', 'soon'];
  const plain = encodeAll(planOf({ kind: 'time', format: utc('iso') }, 'ts', true), texts);
  expect(micros(plain.first, plain.rows)).toEqual([1, -1e6, Date.UTC(2024, 1, 29, 10, 34, 56, 789) * 1000]);
  expect(plain.faults).toEqual(['no time', 'time not understood']);
  const hours = encodeAll(planOf({ kind: 'time', format: utc('iso'), truncate: 'hour' }, 'ts'), texts.slice(1, 4));
  expect(micros(hours.first, hours.rows)).toEqual([-3600e6, Date.UTC(2024, 1, 29, 10) * 1000, null]);
});

describe('terms', () => {
  test.each<[string, TermTransform, string[], (string | null)[]]>([
    [
      'keep',
      { to: 'keep' },
      [' a ', '', 'NULL', 'more than twelve bytes'],
      ['a', null, null, 'more than twelve bytes'],
    ],
    ['network', { to: 'network' }, ['203.0.113.77', '2001:db8:1:2::7'], ['203.0.113.0/24', '2001:db8:1:0:0:0:0:0/48']],
    ['categories', { to: 'categories', values: ['a'] }, ['a', 'b', '-'], ['a', 'other', null]],
    ['outcome', { to: 'outcome' }, ['OK', '404', 'maybe'], ['success', 'failure', 'unknown']],
    ['guarded', { to: 'guarded' }, ['red'], ['red']],
  ])('%s', (_, transform, values, expected) => expect(terms(transform, values)).toEqual(expected));

  test('a token: the same for the same value, another for another, none of the value in it', () => {
    const [a, b, again, missing] = terms({ to: 'token' }, ['kim@example.org', 'lee', ' kim@example.org', '-']);
    expect(again).toBe(a);
    expect(b).not.toBe(a);
    expect(missing).toBeNull();
    expect(a).toMatch(/^[A-Za-z0-9]{12}$/u);
    expect(pseudonymOf(KEY)('kim@example.org')).toBe(a);
    const guarded = terms({ to: 'guarded' }, ['kim@example.org'])[0];
    expect(guarded).toBe(a);
  });

  test('one address has one token, however it is written', () => {
    const [first, ...others] = terms({ to: 'token' }, ['2001:db8::1', '2001:DB8:0:0::1', '[2001:db8::1]']);
    expect(others).toEqual([first, first]);
  });

  test('identities are told once each, raw', () => {
    const { identities } = encodeAll(planOf({ kind: 'term', transform: { to: 'token' } }, 'actor_id'), [
      'kim',
      'lee',
      'kim',
    ]);
    expect(identities.map((entry) => entry.split(':')[2])).toEqual(['kim', 'lee']);
  });

  test('faults: no actor, NUL, not UTF-8', () => {
    const plan = planOf({ kind: 'term', transform: { to: 'token' } }, 'actor_id', true);
    expect(encodeAll(plan, ['', 'a\0b', '-']).faults).toEqual(['no actor', 'holds a NUL byte', 'no actor']);
  });

  test('any texts, kept, come back; tokens are equal where and only where the texts are', () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 24 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 60 }), (values) => {
        const bare = values.map((text) => text.replace(/^[\0- ]+|[\0- ]+$/gu, ''));
        const expected = bare.map((text) => (/^(?:|\\N|NULL|null|-|\(null\)|<null>)$/u.test(text) ? null : text));
        expect(terms({ to: 'keep' }, values)).toEqual(expected);
        const tokens = terms({ to: 'token' }, values);
        const places = (all: readonly (string | null)[]): number[] => all.map((each) => all.indexOf(each));
        expect(places(tokens)).toEqual(places(expected));
      }),
    );
  });
});

test('texts: numbers and keyed hashes only; equal texts have equal digests', () => {
  const { columns, rows } = encodeAll(planOf({ kind: 'text' }, 'text'), [
    'See https://a.example 42',
    '',
    'see https://a.example 43',
  ]);
  const byName = new Map(columns.map((column) => [column.column, column]));
  const of = (name: string): EncodedColumn => {
    const column = byName.get(name);
    if (column === undefined) throw new Error(`No column ${name}.`);
    return column;
  };
  expect(numbers(of('text_length'), rows)).toEqual([24, null, 24]);
  expect(numbers(of('text_links'), rows)).toEqual([1, null, 1]);
  const [first, missing, other] = micros(of('text_digest'), rows);
  expect(missing).toBeNull();
  expect(other).toBe(first); // without case, digits and spacing they are the same
});
