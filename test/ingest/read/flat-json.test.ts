import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter } from '../../../core/ingest/read/blocks.ts';
import { createFlatJson } from '../../../core/ingest/read/flat-json.ts';
import { jsonText, valueAt } from '../../../core/ingest/read/json-paths.ts';
import { parseJson } from '../../../core/ingest/read/parse-json.ts';
import { keepAll, readBack } from './support.ts';

const NAMES = ['a', 'b', 'é', 'a.b', '__proto__', 'constructor', ''];

/** What the fast way reads of a line; undefined where it leaves the line to the other one. */
const flat = createFlatJson(NAMES);
const fast = (line: string): string[] | undefined => {
  const bytes = Buffer.from(`before${line}behind`);
  const end = bytes.length - 'behind'.length;
  if (!flat.read(bytes, 'before'.length, end)) return undefined;
  return NAMES.map((_, field) => bytes.toString('utf8', flat.starts[field], flat.ends[field]));
};
const slow = (line: string): string[] => {
  const record = parseJson(line);
  return NAMES.map((name) => jsonText(valueAt(record, name)) ?? '');
};

const space = fc.stringMatching(/^[ \t\r\n]{0,2}$/u);
const integer = fc.stringMatching(/^-?\d{1,22}$/u);
const number = fc.oneof(integer, fc.stringMatching(/^-?\d{1,17}(\.\d{1,17})?([eE][-+]?\d{1,3})?$/u));
const value = fc.oneof(
  fc.string().map((text) => JSON.stringify(text)),
  fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  number,
  fc.double().map((of) => JSON.stringify(of)),
  fc.constantFrom(
    'true',
    'false',
    'null',
    'nul',
    'nulls',
    '{}',
    '[1]',
    '"\u0001"',
    '-',
    '1.',
    '.5',
    '+1',
    '0.0000001',
    '',
  ),
);
const key = fc
  .oneof(fc.constantFrom(...NAMES), fc.constantFrom('k', 'l', 'm'), fc.string())
  .map((name) => JSON.stringify(name));
const member = fc.tuple(key, space, space, value).map(([name, before, after, of]) => `${name}${before}:${after}${of}`);
const line = fc
  .tuple(space, fc.array(fc.tuple(space, member, space), { maxLength: 6 }), space)
  .map(([before, members, after]) => `${before}{${members.map((parts) => parts.join('')).join(',')}}${after}`);

describe('what it reads', () => {
  test('is what JSON.parse reads', () => {
    let read = 0;
    fc.assert(
      fc.property(line, (text) => {
        const found = fast(text);
        if (found === undefined) return;
        expect(found).toEqual(slow(text));
        read++;
      }),
      { numRuns: 20_000 },
    );
    expect(read).toBeGreaterThan(2000);
  });

  test('is JSON, whatever letters are changed, left out or put in', () => {
    const edit = fc.tuple(fc.nat(), fc.nat(1), fc.constantFrom(...'{}[]:,"\\ \t\n0-.eEtn\u00a0é'.split(''), ''));
    fc.assert(
      fc.property(line, fc.array(edit, { minLength: 1, maxLength: 3 }), (text, edits) => {
        let changed = text;
        for (const [at, removed, letter] of edits) {
          const place = at % (changed.length + 1);
          changed = changed.slice(0, place) + letter + changed.slice(place + removed);
        }
        changed = Buffer.from(changed).toString(); // half a letter is no UTF-8
        const found = fast(changed);
        if (found !== undefined) expect(found).toEqual(slow(changed));
      }),
      { numRuns: 20_000 },
    );
  });

  test.each([
    ['{"a":"x","b":1}', ['x', '1']],
    ['{"b":-12.5,"a":true}', ['true', '-12.5']],
    [' { "a" : null , "b" : 0.000001 } \r', ['', '0.000001']],
    ['{"a":"x","a":"y"}', ['y', '']],
    ['{"a":"x","a":null}', ['', '']],
    ['{"b":1588205416.123456}', ['', '1588205416.123456']],
    ['{"b":12345678901234567890123}', ['', '12345678901234567890123']],
    ['{"c":[1,{"d":"\\n\\u00e9"},[]],"a":"x","e":{},"f":1.50e+3}', ['x', '']],
    [`{"c":${'['.repeat(32)}${']'.repeat(32)},"a":"x"}`, ['x', '']],
    ['{}', ['', '']],
  ])('%s', (text, fields) => {
    expect(fast(text)?.slice(0, 2)).toEqual(fields);
  });

  test.each([
    '{"a":1.0}',
    '{"a":-0}',
    '{"a":0.0000001}',
    '{"a":1e3}',
    '{"a":0.12345678901234567890}',
    '{"a":"\\n"}',
    '{"a":{}}',
    '{"a":"x","c":{"d":1,}}',
    '{"a":"x","c":"\\q"}',
    `{"c":${'['.repeat(33)}${']'.repeat(33)},"a":"x"}`,
    '{"a":1',
    '[1]',
    '',
  ])('%s is left to JSON.parse', (text) => {
    expect(fast(text)).toBeUndefined();
  });

  test('stays the same with more keys than are remembered', () => {
    const many = Array.from({ length: 600 }, (_, i) => `"k${i}":${i}`).join(',');
    for (const text of [`{${many},"a":"x"}`, `{"a":"x",${many}}`, `{"b":2,"a":"x"}`]) expect(fast(text)?.[0]).toBe('x');
  });
});

test('lines read the one way and the other stand in their order, in one block', () => {
  const lines = [
    '{"a":"x","b":1}',
    '{"a":"\\u0079","b":{"c":2}}',
    '{"b":1.0,"a":"zé"}',
    '',
    '{"b":',
    '{"a":"","b":null}',
  ];
  const plan = keepAll({ kind: 'json', paths: ['a', 'b'], byLine: true }, 2);
  const read = (more: string): ReturnType<typeof readBack> =>
    readBack([Buffer.from(`${lines.join('\n')}\n${more}`, 'latin1')], createLineSplitter('', ','), plan);
  const utf8 = Buffer.from('é').toString('latin1');
  const { rows, rejections } = read('');
  lines[2] = `{"b":1.0,"a":"z${utf8}"}`;
  expect(read('').rows).toEqual([
    ['x', '1'],
    ['y', '{"c":2}'],
    [`zé`, '1'],
    [null, null],
  ]);
  // A byte that is no UTF-8 leaves the whole block to JSON.parse.
  const other = read('\xff\n');
  expect(other.rows).toEqual(read('').rows);
  expect(other.rejections.map(({ line, reason }) => [line, reason])).toEqual([
    [5, 'not valid JSON'],
    [7, 'not valid UTF-8'],
  ]);
  expect(rows).toHaveLength(3);
  expect(rejections.map(({ reason }) => reason)).toEqual(['not valid UTF-8', 'not valid JSON']);
});

test('a block of which most lines are left to JSON.parse is read as it is', () => {
  const lines = Array.from({ length: 99 }, (_, i) => (i % 5 === 4 ? `{"a":"x${i}"}` : `{"a":"\\u0078${i}"}`));
  const plan = keepAll({ kind: 'json', paths: ['a'], byLine: true }, 1);
  const { rows } = readBack([Buffer.from(lines.join('\n'))], createLineSplitter('', ','), plan);
  expect(rows).toEqual(lines.map((_, i) => [`x${i}`]));
});
