import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NightjarError } from '../../../core/api/errors.ts';
import type { SniffedFormat } from '../../../core/ingest/sniff/index.ts';
import { HEAD_BYTES, sniffFormat } from '../../../core/ingest/sniff/index.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, bigEndian: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};
const sniff = (text: string | Uint8Array, name = 'log'): SniffedFormat =>
  sniffFormat(name, typeof text === 'string' ? utf8(text) : text);

const TABLE = 'time,user,amount\n2026-01-01,kim,1.5\n2026-01-02,lee,2.5\n';

describe('tables', () => {
  const shape = (text: string) => {
    const { delimiter, quote, header, fields } = sniff(text).csv ?? {};
    return [delimiter, quote, header, fields?.join(' ')];
  };

  test.each([
    ['commas', TABLE, [',', '"', true, 'time user amount']],
    [
      'semicolons and decimal commas',
      'time;user;amount\n2026-01-01;kim;1,5\n2026-01-02;lee;2,5\n',
      [';', '"', true, 'time user amount'],
    ],
    ['tabs', TABLE.replaceAll(',', '\t'), ['\t', '"', true, 'time user amount']],
    ['bars', TABLE.replaceAll(',', '|'), ['|', '"', true, 'time user amount']],
    ['Windows line ends', TABLE.replaceAll('\n', '\r\n'), [',', '"', true, 'time user amount']],
    ['quotes with delimiters and line ends inside', 'a;b\n"x;y, z";"1\n2"\n"p ""q""";"3"\n', [';', '"', true, 'a b']],
    ['single quotes', "a,b\n'x,1','y'\n'z,2','w'\n'u,3','v'\n", [',', "'", true, 'a b']],
    [
      'no header: the first line holds data',
      '2026-01-01,kim,1\n2026-01-02,lee,2\n',
      [',', '"', false, 'column_1 column_2 column_3'],
    ],
    ['no header: numbers only', '1,2\n3,4\n', [',', '"', false, 'column_1 column_2']],
    ['no header: texts that recur', 'kim,red\nlee,blue\nkim,green\n', [',', '"', false, 'column_1 column_2']],
    ['texts only, names on top', 'user,colour\nkim,red\nlee,blue\n', [',', '"', true, 'user colour']],
    ['one column', 'user\nkim\nlee\n', [',', '"', true, 'user']],
    ['one column of numbers', '17\n18\n19\n', [',', '"', false, 'column_1']],
    ['only a header', 'time,user\n', [',', '"', true, 'time user']],
    [
      'an index without a name',
      ',time,user\n0,2026-01-01,kim\n1,2026-01-02,lee\n',
      [',', '"', true, 'column_1 time user'],
    ],
    [
      'user agents with semicolons',
      'time,agent\n1,"Mozilla (X; Y; Z)"\n2,"curl; a; b"\n',
      [',', '"', true, 'time agent'],
    ],
    ['a ragged line', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', [',', '"', true, 'a b c']],
    ['names beyond ASCII', 'größe,länge\n1,2\n', [',', '"', true, 'größe länge']],
  ])('%s', (_name, text, expected) => expect(shape(text)).toEqual(expected));

  test('a table cut in the middle of a record is judged by its whole records', () => {
    const head = utf8(`a;b;c\n${'1;2;3\n'.repeat(60_000)}`).subarray(0, HEAD_BYTES - (HEAD_BYTES % 6) + 3 - 6);
    expect(sniff(head).csv?.fields).toEqual(['a', 'b', 'c']);
  });

  test('a last record that is cut off does not count', () => {
    const row = `1,${'x'.repeat(HEAD_BYTES / 4)},3\n`;
    const head = utf8(`a,b,c\n${row.repeat(5)}`).subarray(0, HEAD_BYTES);
    expect(sniff(head)).toMatchObject({ confidence: 1, csv: { fields: ['a', 'b', 'c'] } });
  });

  test('a name twice is refused, by place', () => {
    expect(() => sniff('id,user,id\n1,kim,2\n')).toThrow(/"id" \(columns 1 and 3\)/);
  });

  test('any table of plain fields is found with its delimiter', () => {
    const field = fc.stringMatching(/^[a-z]{1,8}$/);
    fc.assert(
      fc.property(
        fc.constantFrom(',', ';', '\t', '|'),
        fc.integer({ min: 2, max: 8 }),
        fc.array(field, { minLength: 8, maxLength: 8 }),
        (delimiter, width, names) => {
          const header = names.slice(0, width).map((name, i) => name + i);
          const rows = Array.from({ length: 5 }, (_, r) => header.map((_name, i) => `${r * 10 + i}`));
          const { csv } = sniff([header, ...rows].map((row) => row.join(delimiter)).join('\n'));
          expect(csv).toEqual({ delimiter, quote: '"', header: true, fields: header });
        },
      ),
    );
  });
});

describe('encodings and compression', () => {
  test.each<[string, Uint8Array, SniffedFormat['encoding']]>([
    ['UTF-8 with a mark', utf8(`\ufeff${TABLE}`), 'utf-8'],
    ['UTF-8', utf8(TABLE.replace('kim', 'kïm')), 'utf-8'],
    ['UTF-16 little with a mark', utf16(TABLE, false, true), 'utf-16le'],
    ['UTF-16 big with a mark', utf16(TABLE, true, true), 'utf-16be'],
    ['UTF-16 little', utf16(TABLE, false, false), 'utf-16le'],
    ['UTF-16 big', utf16(TABLE, true, false), 'utf-16be'],
    ['Latin-1', Buffer.from(TABLE.replace('kim', 'kïm'), 'latin1'), 'latin-1'],
  ])('%s', (_name, bytes, encoding) => {
    const found = sniff(bytes);
    expect([found.encoding, found.csv?.fields]).toEqual([encoding, ['time', 'user', 'amount']]);
  });

  test('a head that ends within a character is UTF-8 still', () => {
    expect(sniff(utf8(`${TABLE}2026-01-03,k\u20ac`).subarray(0, -1)).encoding).toBe('utf-8');
  });

  test('gzip is looked into, cut off too', () => {
    const packed = gzipSync(utf8(TABLE.repeat(50)));
    expect(sniff(packed)).toMatchObject({
      compression: 'gzip',
      kind: 'csv',
      csv: { fields: ['time', 'user', 'amount'] },
    });
    const noise = Array.from({ length: 40_000 }, (_, i) => `${i},${(i * 7919) % 104_729}`).join('\n');
    const cut = gzipSync(utf8(`a,b\n${noise}`)).subarray(0, 30_000);
    expect(sniff(cut)).toMatchObject({ compression: 'gzip', csv: { fields: ['a', 'b'] } });
  });

  test('a gzip bomb unfolds to a few megabytes at most', () => {
    expect(() => sniff(gzipSync(new Uint8Array(40e6)))).toThrow(NightjarError);
  });
});

describe('JSON', () => {
  const EVENT = '{"@timestamp":"2026-01-01T00:00:00Z","event":{"action":"a"},"user":{"id":"u"}}';
  const CALL = '{"eventTime":"2026-01-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject"}';

  test.each<[string, string, Partial<SniffedFormat>]>([
    ['one object a line', '{"a":1}\n{"a":2}\n', { kind: 'json-lines' }],
    ['an array', '[{"a":1},\n {"a":2}]', { kind: 'json-array' }],
    ['an array without a record', '[]', { kind: 'json-array' }],
    ['an array cut off', '[{"a":"]"},{"a":2},{"a"', { kind: 'json-array' }],
    ['an envelope', `{"Records":[${CALL},${CALL}]}`, { kind: 'json-array', records: 'Records', preset: 'cloudtrail' }],
    [
      'an envelope cut off',
      `{"version": "1", "n": 2, "Records": [\n${CALL},\n{"eve`,
      { kind: 'json-array', records: 'Records', preset: 'cloudtrail' },
    ],
    ['known events', `${EVENT}\n${EVENT}\n`, { kind: 'json-lines', preset: 'ecs' }],
    ['one known event', EVENT, { kind: 'json-lines', preset: 'ecs' }],
    ['a broken line among them', `${EVENT}\n{"@times\n${EVENT}\n`, { kind: 'json-lines', preset: 'ecs' }],
    ['a byte-order mark', `\ufeff${EVENT}\n`, { kind: 'json-lines', preset: 'ecs' }],
  ])('%s', (_name, text, expected) => {
    const found = sniff(text);
    expect(found).toMatchObject(expected);
    expect([found.preset, found.records]).toEqual([expected.preset, expected.records]);
  });
});

describe('logs', () => {
  const SSH = 'Jan  1 00:00:00 gate sshd[1]: Accepted password for kim from 192.0.2.1 port 1 ssh2\n';

  test.each<[string, string, string, string]>([
    ['an access log', '192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 5\n', 'lines', 'access-log'],
    ['an auth log', SSH, 'lines', 'sshd'],
    ['a mail log', 'Jan  1 00:00:00 mx postfix/smtpd[1]: connect from a.example[192.0.2.1]\n', 'lines', 'postfix'],
    [
      'an mbox',
      'From kim@a.example Thu Jan  1 00:00:00 2026\nFrom: kim@a.example\nTo: b@c.example\nSubject: x\nDate: Thu, 1 Jan 2026 00:00:00 +0000\n\nhi\n',
      'mail',
      'mail',
    ],
  ])('%s', (_name, text, kind, preset) => expect(sniff(text)).toMatchObject({ kind, preset }));

  test('Parquet', () => expect(sniff(Buffer.from('PAR1abcd'))).toMatchObject({ kind: 'parquet', confidence: 1 }));
});

describe('refused, with what it is and what to do', () => {
  const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from([...values, ...new Uint8Array(64)]);
  test.each<[string, Uint8Array, RegExp, RegExp]>([
    ['empty', new Uint8Array(), /is empty/, /at least one/],
    ['blank', utf8(' \n\n'), /is empty/, /at least one/],
    ['only a byte-order mark', utf8('\ufeff'), /is empty/, /at least one/],
    ['gzip of nothing', gzipSync(new Uint8Array()), /is empty/, /at least one/],
    ['damaged gzip', bytes(0x1f, 0x8b, 9, 9, 9), /damaged/, /gzip -t/],
    ['gzip of gzip', gzipSync(gzipSync(utf8(TABLE))), /compressed twice/, /once/],
    ['ZIP', bytes(0x50, 0x4b, 3, 4), /ZIP archive/, /Unpack/],
    ['PNG', bytes(0x89, 0x50, 0x4e, 0x47), /PNG/, /CSV/],
    ['ELF', bytes(0x7f, 0x45, 0x4c, 0x46), /program/, /CSV/],
    ['SQLite', utf8('SQLite format 3\0'), /SQLite/, /Export/],
    ['zstd', bytes(0x28, 0xb5, 0x2f, 0xfd), /zstd/, /zstd -d/],
    ['xz', bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a, 0), /xz/, /xz -d/],
    ['EVTX', utf8('ElfFile\0'), /EVTX/, /JSON/],
    ['packet capture', bytes(0xd4, 0xc3, 0xb2, 0xa1), /packet capture/, /Zeek/],
    ['tar', Buffer.concat([new Uint8Array(257), Buffer.from('ustar'), new Uint8Array(300)]), /tar/, /Unpack/],
    ['XML', utf8('<?xml version="1.0"?><a/>'), /XML/, /CSV or JSON/],
    ['HTML', utf8('<!DOCTYPE html><p>'), /HTML/, /CSV or JSON/],
    ['Zeek text', utf8('#separator \\x09\n'), /Zeek/, /JSON/],
    ['W3C', utf8('#Software: a\n#Fields: b\n'), /W3C/, /CSV/],
    ['noise', Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 32), /binary/, /CSV/],
  ])('%s', (_name, head, message, next) => {
    let thrown: unknown;
    try {
      sniffFormat('evidence.bin', head);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(NightjarError);
    if (!(thrown instanceof NightjarError)) return;
    expect([thrown.code, thrown.where]).toEqual(['input', 'evidence.bin']);
    expect(thrown.message).toMatch(message);
    expect(thrown.next).toMatch(next);
  });

  test('a workbook is named', () => {
    expect(() => sniff(bytes(0x50, 0x4b, 3, 4), 'a.xlsx')).toThrow(/Excel/);
  });

  test('any bytes give a format or an input error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.string().map(utf8)), (head) => {
        try {
          expect(sniffFormat('x', head).confidence).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error instanceof NightjarError && error.code === 'input').toBe(true);
        }
      }),
    );
  });
});
