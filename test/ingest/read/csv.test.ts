import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createLineSplitter } from '../../../core/ingest/read/blocks.ts';
import { chunksOf, keepAll, readBack, type ReadBack } from './support.ts';

const csv = (fields: number, delimiter = ',', quote = '"') =>
  keepAll({ kind: 'csv', delimiter, quote, fields }, fields);

const read = (text: string, fields: number, sizes: readonly number[] = [1 << 20], limit?: number): ReadBack =>
  readBack(chunksOf(Buffer.from(text), sizes), createLineSplitter('"', ',', limit), csv(fields));

describe('literal tables', () => {
  test.each([
    [
      'plain',
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'no line end at the end',
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'Windows line ends',
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'missing values',
      ',b\na,\n',
      [
        [null, 'b'],
        ['a', null],
      ],
    ],
    ['blank lines', '\n\na,b\n\n', [['a', 'b']]],
    ['quotes', '"a,1","b""2"\n', [['a,1', 'b"2']]],
    [
      'line ends in quotes',
      '"a\n1",b\n"c\r\n2",d\n',
      [
        ['a\n1', 'b'],
        ['c\r\n2', 'd'],
      ],
    ],
    [
      'a quote in the middle',
      'a"x,b\nc,5" pipe\n',
      [
        ['a"x', 'b'],
        ['c', '5" pipe'],
      ],
    ],
    ['a quote alone', 'a,""""\n', [['a', '"']]],
    ['space around quotes', '"a" ,b\n', [['a', 'b']]],
    ['space around values', ' a , b\t\n', [['a', 'b']]],
    ['more than 12 bytes', 'abcdefghijklm,äöüäöü\n', [['abcdefghijklm', 'äöüäöü']]],
  ])('%s', (_, text, rows) => {
    const { rows: found, rejections, records } = read(text, 2);
    expect(found).toEqual(rows);
    expect(rejections).toEqual([]);
    expect(records).toBe(rows.length);
  });

  test('another delimiter and quote', () => {
    const splitter = createLineSplitter("'", ';');
    const { rows } = readBack([Buffer.from("'a;1';b\n")], splitter, csv(2, ';', "'"));
    expect(rows).toEqual([['a;1', 'b']]);
  });

  test('a header is passed over, quotes and line ends and all', () => {
    const plan = csv(2);
    const { rows, records } = readBack([Buffer.from('"na\nme",b\nc,d\n')], createLineSplitter('"', ','), plan, 1);
    expect(rows).toEqual([['c', 'd']]);
    expect(records).toBe(1);
  });
});

describe('quarantine, with the line', () => {
  const rejected = (text: string, fields: number, limit?: number) => {
    const { rows, rejections, records } = read(text, fields, limit === undefined ? [1 << 20] : [7], limit);
    expect(records).toBe(rows.length + rejections.length);
    return { rows, rejected: rejections.map(({ line, reason }) => `${line}: ${reason}`) };
  };

  test.each([
    [
      'too few fields',
      'a,b\nc\nd,e\n',
      [
        ['a', 'b'],
        ['d', 'e'],
      ],
      ['2: 1 field instead of 2'],
    ],
    ['too many fields', 'a,b\nc,d,e\n', [['a', 'b']], ['2: 3 fields instead of 2']],
    [
      'text behind a quote',
      'a,b\n"c"x,d\ne,f\n',
      [
        ['a', 'b'],
        ['e', 'f'],
      ],
      ['2: text after a closing quote'],
    ],
    [
      'an open quote gives up one line',
      'a,b\n"c,d\ne,f\ng,h\n',
      [
        ['a', 'b'],
        ['e', 'f'],
        ['g', 'h'],
      ],
      ['2: quote never closed'],
    ],
    [
      'a fault behind a quoted line end',
      'a,b\n"c\nd",e,f\ng,h\n',
      [
        ['a', 'b'],
        ['g', 'h'],
      ],
      ['2: 3 fields instead of 2', '3: 3 fields instead of 2'],
    ],
    ['invalid UTF-8', null, [['a', 'b']], ['2: not valid UTF-8']],
    ['a NUL byte', 'a,b\nc\0c,d\n', [['a', 'b']], ['2: holds a NUL byte']],
  ])('%s', (_, text, rows, reasons) => {
    const bytes = text === null ? Buffer.from('a,b\nc\xff,d\n', 'latin1') : Buffer.from(text);
    const { rows: found, rejections, records } = readBack([bytes], createLineSplitter('"', ','), csv(2));
    expect(found).toEqual(rows);
    expect(rejections.map(({ line, reason }) => `${line}: ${reason}`)).toEqual(reasons);
    expect(records).toBe(rows.length + reasons.length);
  });

  test('a record longer than the limit: its line is given up, the next ones are read', () => {
    const long = 'x'.repeat(200);
    expect(rejected(`a,b\n${long},c\nd,e\n`, 2, 100)).toEqual({
      rows: [
        ['a', 'b'],
        ['d', 'e'],
      ],
      rejected: ['2: longer than 100 bytes'],
    });
  });
});

describe('properties', () => {
  const value = fc.oneof(
    fc.string({ unit: fc.constantFrom('a', 'ß', '"', ',', '\n', '\r', ' ', ';', "'", '𝒳', 'é') }),
    fc.string({ unit: 'grapheme', maxLength: 30 }),
  );
  const table = fc
    .integer({ min: 1, max: 5 })
    .chain((fields) => fc.array(fc.array(value, { minLength: fields, maxLength: fields }), { maxLength: 12 }));
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  const trimmed = (text: string): string | null => text.replace(/^[\0- ]+|[\0- ]+$/gu, '') || null;
  const missing = new Set(['\\N', 'NULL', 'null', '-', '(null)', '<null>']);
  const expected = (text: string): string | null => {
    const bare = trimmed(text);
    return bare === null || missing.has(bare) ? null : bare;
  };
  const written = (text: string, always: boolean): string =>
    always || /[",\r\n]|^'/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

  test('any table written as RFC 4180 is read back, whatever the chunks', () => {
    fc.assert(
      fc.property(table, sizes, fc.boolean(), fc.constantFrom('\n', '\r\n'), (rows, cuts, always, lineEnd) => {
        fc.pre(rows.flat().every((text) => !text.includes('\0')));
        const whole = rows.filter((row) => row.length > 1 || always || row[0] !== '');
        const text = whole.map((row) => row.map((each) => written(each, always)).join(',') + lineEnd).join('');
        const fields = rows[0]?.length ?? 1;
        const { rows: found, rejections, records } = read(text, fields, cuts);
        expect(rejections).toEqual([]);
        const solid = whole.filter((row) => row.length > 1 || row[0] !== '');
        expect(found).toEqual(solid.map((row) => row.map(expected)));
        expect(records).toBe(solid.length);
      }),
      { numRuns: 300 },
    );
  });

  test('any bytes: stored + rejected = records, and the chunks make no difference', () => {
    const garbage = fc.array(fc.constantFrom(...Buffer.from('a,b"\n\r 1;x'), 0xff, 0), { maxLength: 120 });
    fc.assert(
      fc.property(garbage, sizes, (bytes, cuts) => {
        const data = Uint8Array.from(bytes);
        const whole = readBack([data], createLineSplitter('"', ','), csv(2));
        expect(whole.records).toBe(whole.rows.length + whole.rejections.length);
        const lines = data.filter((byte) => byte === 10).length + 1;
        expect(whole.records).toBeLessThanOrEqual(lines);
        for (const { line } of whole.rejections) expect(line).toBeLessThanOrEqual(lines);
        const cut = readBack(chunksOf(data, cuts), createLineSplitter('"', ','), csv(2));
        expect(cut.rows).toEqual(whole.rows);
        expect(cut.records).toBe(whole.records);
        const sorted = ({ rejections }: ReadBack) =>
          [...rejections].map(({ line, reason }) => `${line} ${reason}`).sort();
        expect(sorted(cut)).toEqual(sorted(whole));
      }),
      { numRuns: 1000 },
    );
  });
});
