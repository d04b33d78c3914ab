import { describe, expect, test } from 'vitest';
import { sniffFormat, type SniffedFormat } from '../../../core/ingest/sniff/index.ts';

const sniff = (bytes: string | Uint8Array): SniffedFormat => sniffFormat('log', Buffer.from(bytes));
const TABLE = 'time,user,amount\n2026-01-01,kim,1.5\n2026-01-02,lee,2.5\n';

describe('text that is damaged in places', () => {
  test('UTF-8 with more whole characters beyond ASCII than damage stays UTF-8', () => {
    const bytes = Buffer.from(TABLE.replaceAll('kim', 'jürgen größer'));
    bytes[bytes.indexOf('lee')] = 0xff;
    expect(sniff(bytes).encoding).toBe('utf-8');
  });

  test('a replacement character that was written as such is no damage', () => {
    expect(sniff(TABLE.replace('kim', 'k\ufffdm')).encoding).toBe('utf-8');
  });

  test('single bytes beyond ASCII are Latin-1', () => {
    expect(sniff(Buffer.from(TABLE.replaceAll('kim', 'jürgen größer'), 'latin1')).encoding).toBe('latin-1');
  });

  test('a head that ends within a character is UTF-8', () => {
    expect(sniff(Buffer.from(`${TABLE}2026-01-03,größe`).subarray(0, -2)).encoding).toBe('utf-8');
  });
});

describe('line ends', () => {
  test('carriage returns alone are told', () => {
    const { lineEnds, csv } = sniff(TABLE.replaceAll('\n', '\r'));
    expect(lineEnds).toBe('cr');
    expect(csv?.fields).toEqual(['time', 'user', 'amount']);
  });

  test.each(['\n', '\r\n'])('others are not (%j)', (end) => {
    expect(sniff(TABLE.replaceAll('\n', end)).lineEnds).toBeUndefined();
  });
});

describe('JSON lines whose first line is broken', () => {
  const lines = (broken: number, whole: number): string =>
    [
      ...Array.from({ length: broken }, () => '{"user": "k'),
      ...Array.from({ length: whole }, (_, i) => `{"user":"u${i}","n":${i}}`),
    ].join('\n');

  test('are known where most others are whole', () => {
    expect(sniff(lines(1, 3)).kind).toBe('json-lines');
    expect(sniff(lines(3, 2)).kind).toBe('csv');
  });

  test('an object spread over lines is one record still', () => {
    expect(sniff('{\n  "user": "kim",\n  "tags": {"a": 1}\n}\n')).toMatchObject({ kind: 'json-lines' });
  });
});
