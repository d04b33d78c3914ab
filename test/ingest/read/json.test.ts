import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter } from '../../../core/ingest/read/blocks.ts';
import { createJsonSplitter, nextJsonValue } from '../../../core/ingest/read/json-blocks.ts';
import { jsonText, leafPaths, valueAt } from '../../../core/ingest/read/json-paths.ts';
import { chunksOf, keepAll, readBack, type ReadBack } from './support.ts';

const plan = (paths: readonly string[], byLine = false) => keepAll({ kind: 'json', paths, byLine }, paths.length);

const read = (text: string, records: string | undefined, paths: readonly string[], sizes = [1 << 20]): ReadBack =>
  readBack(chunksOf(Buffer.from(text), sizes), createJsonSplitter(records), plan(paths));

describe('literal documents', () => {
  test.each([
    ['an array', '[{"a":1},{"a":"x"}]', '', [['1'], ['x']]],
    ['an array over lines', '[\n  {\n "a": 1 },\n {"a": null}\n]\n', '', [['1'], [null]]],
    ['an envelope', '{"n": [3], "Records": [{"a":1},{"a":2}], "z": {"a": 3}}', 'Records', [['1'], ['2']]],
    ['objects one after the other', '{"a":1}{"a":2}\n{"a":3}', undefined, [['1'], ['2'], ['3']]],
    ['brackets in strings', '[{"a":"]}"},{"a":"\\"["}]', '', [[']}'], ['"[']]],
    ['an empty array', '[]', '', []],
  ])('%s', (_, text, records, rows) => {
    const found = read(text, records, ['a']);
    expect(found.rows).toEqual(rows);
    expect(found.rejections).toEqual([]);
    expect(found.records).toBe(rows.length);
  });

  test('a document cut in the middle of a record: the record goes to quarantine with its line', () => {
    const { rows, rejections, records } = read('[{"a":1},\n{"a":2},\n{"a":', '', ['a']);
    expect(rows).toEqual([['1'], ['2']]);
    expect(rejections).toEqual([{ line: 3, reason: 'the JSON ends in the middle of a record', column: null }]);
    expect(records).toBe(3);
  });

  test('lines: what is no object goes to quarantine', () => {
    const text = '{"a":1}\n{"a":\n42\n\n[1]\n"x"\n{"a":2}';
    const { rows, rejections, records } = readBack([Buffer.from(text)], createLineSplitter('', ','), plan(['a'], true));
    expect(rows).toEqual([['1'], [null], ['2']]);
    expect(rejections.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
      '2: not valid JSON',
      '3: not a JSON object',
      '6: not a JSON object',
    ]);
    expect(records).toBe(6);
  });
});

describe('what is no record, however the document is cut', () => {
  const NONE = 'not a JSON object';
  test.each([
    ['values in an array', '[{"a":1},null,\n5,"x",{"a":2},true]', '', [1, 2], [NONE, NONE, NONE, NONE]],
    ['brackets in texts of an array', '["x{y","}",{"a":1},"]","[",{"a":2}]', '', [1, 2], [NONE, NONE, NONE, NONE]],
    ['other parts of an envelope', '{"x":[{"a":9}],"R":[{"a":1}],"m":{"a":8},"y":[{"a":7}],"R2":[5]}', 'R', [1], []],
    ['half a text at the end', '[{"a":1},"x', '', [1], ['the JSON ends in the middle of a record']],
    ['a bracket too many', '{"a":1}\n}\n{"a":2}', undefined, [1, 2], ['not valid JSON']],
    ['words after the last object', '{"a":1}\nend', undefined, [1], ['the JSON ends in the middle of a record']],
    [
      'a field nested too deep',
      `[{"a":1},{"a":${'['.repeat(9e3)}${']'.repeat(9e3)}},{"a":2}]`,
      '',
      [1, 2],
      ['nested more than 500 levels deep'],
    ],
  ] as const)('%s', (_, text, records, rows, reasons) => {
    for (const size of [1, 7, 1 << 20]) {
      const found = read(text, records, ['a'], [size]);
      expect(found.rows, String(size)).toEqual(rows.map((row) => [String(row)]));
      expect(found.rejections.map(({ reason }) => reason)).toEqual(reasons);
      expect(found.records).toBe(rows.length + reasons.length);
    }
  });

  test.each([
    ['an object', `{"x":"${'y'.repeat(9 << 20)}","a":{"a":7},"b":[{"a":8}]}`],
    ['a text', `"${'y'.repeat(9 << 20)}{"`],
  ])('%s that is too long is one, with all that is in it', (_, long) => {
    const found = read(`[{"a":1},${long},{"a":2},{"a":3}]`, '', ['a'], [1 << 20]);
    expect(found.rows).toEqual([['1'], ['2'], ['3']]);
    expect(found.rejections.map(({ reason }) => reason)).toEqual(['longer than 4194304 bytes']);
  });
});

describe('paths', () => {
  test.each([
    [{ a: { b: 1 } }, 'a.b', 1],
    [{ 'a.b': 2, a: { b: 1 } }, 'a.b', 2],
    [{ a: [{ b: 3 }] }, 'a.0.b', 3],
    [{ a: 1 }, 'a.b', undefined],
    [[7, 8], '1', 8],
    [null, 'a', undefined],
    [{}, 'constructor', undefined],
    [{}, '__proto__', undefined],
    [{ a: {} }, 'a.toString.name', undefined],
  ])('%j at %s', (record, path, value) => {
    expect(valueAt(record, path)).toEqual(value);
  });

  test('leaves, arrays counting as such, in order of first appearance', () => {
    expect(leafPaths([{ a: { b: 1, c: [1] } }, { d: null, a: { b: 2 } }])).toEqual(['a.b', 'a.c', 'd']);
  });

  test.each([
    ['x', 'x'],
    [null, null],
    [undefined, null],
    [1.5, '1.5'],
    [false, 'false'],
    [{ a: [1] }, '{"a":[1]}'],
  ])('text of %j', (value, text) => expect(jsonText(value)).toBe(text));
});

describe('properties', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });
  const records = fc.array(fc.record({ a: fc.jsonValue({ maxDepth: 3 }) }), { maxLength: 10 });
  const texts = (values: readonly { readonly a: unknown }[]): (string | null)[][] =>
    values
      .map(({ a }) => [(jsonText(a) ?? '').replace(/^[\0- ]+|[\0- ]+$/gu, '')])
      .map(([text]) => [
        text === undefined || text === '' || ['\\N', 'NULL', 'null', '-', '(null)', '<null>'].includes(text)
          ? null
          : text,
      ]);

  test('any document, any chunks', () => {
    fc.assert(
      fc.property(
        records,
        sizes,
        fc.constantFrom(undefined, 0, 2),
        fc.constantFrom('', 'Records', 'none'),
        (values, cuts, indent, place) => {
          fc.pre(!JSON.stringify(values).includes('\\u0000'));
          const document = place === 'Records' ? { version: '1', count: values.length, Records: values } : values;
          const text =
            place === 'none'
              ? values.map((value) => JSON.stringify(value, null, indent)).join('\n')
              : JSON.stringify(document, null, indent);
          const found = read(text, place === 'none' ? undefined : place, ['a'], cuts);
          expect(found.rejections).toEqual([]);
          expect(found.rows).toEqual(texts(values));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('any bytes: stored + rejected = records', () => {
    const garbage = fc.array(fc.constantFrom(...Buffer.from('{}[]"\\:,a1\n ')), { maxLength: 80 });
    fc.assert(
      fc.property(garbage, sizes, fc.constantFrom(undefined, '', 'a'), (bytes, cuts, place) => {
        const found = readBack(chunksOf(Uint8Array.from(bytes), cuts), createJsonSplitter(place), plan(['a']));
        expect(found.records).toBe(found.rows.length + found.rejections.length);
      }),
      { numRuns: 1000 },
    );
  });

  test('the next value is a whole one', () => {
    fc.assert(
      fc.property(fc.array(fc.object({ maxDepth: 2 }), { minLength: 1, maxLength: 4 }), (values) => {
        const bytes = Buffer.from(values.map((value) => JSON.stringify(value)).join(' ,\n'));
        let from = 0;
        for (const value of values) {
          const next = nextJsonValue(bytes, from);
          expect(bytes.subarray(next?.start, next?.end).toString()).toBe(JSON.stringify(value));
          from = next?.end ?? bytes.length;
        }
        expect(nextJsonValue(bytes, from)).toBeUndefined();
      }),
    );
  });
});
