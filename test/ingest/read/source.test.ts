import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { NightjarError } from '../../../core/api/errors.ts';
import { createLineSplitter } from '../../../core/ingest/read/blocks.ts';
import { createMailSplitter } from '../../../core/ingest/read/mail-blocks.ts';
import { openSource, sha256OfFile, type SourceOptions } from '../../../core/ingest/read/open-source.ts';
import { chunksOf } from './support.ts';

const folder = mkdtempSync(join(tmpdir(), 'nightjar-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PLAIN: SourceOptions = { gzip: false, encoding: 'utf-8' };

const read = async (bytes: Uint8Array, options: SourceOptions) => {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  const source = openSource(path, 'file', options);
  const chunks: Uint8Array[] = [];
  for await (const chunk of source.chunks) chunks.push(chunk.slice());
  return { text: Buffer.concat(chunks).toString(), sha256: source.sha256(), bytesRead: source.bytesRead() };
};

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: unknown) => (error instanceof NightjarError ? error.code : 'other'),
  );

describe('a source', () => {
  const text = 'größe,€,𝒳\nb\r\n';
  const utf16 = Buffer.from(text, 'utf16le');
  test.each<[string, Uint8Array, SourceOptions, string]>([
    ['UTF-8', Buffer.from(text), PLAIN, text],
    ['a byte-order mark is dropped', Buffer.from(`\ufeff${text}`), PLAIN, text],
    ['gzip', gzipSync(text), { ...PLAIN, gzip: true }, text],
    ['gzip of several members', Buffer.concat([gzipSync('a\n'), gzipSync('b\n')]), { ...PLAIN, gzip: true }, 'a\nb\n'],
    ['UTF-16', utf16, { ...PLAIN, encoding: 'utf-16le' }, text],
    ['UTF-16 with a mark', Buffer.concat([Buffer.from([255, 254]), utf16]), { ...PLAIN, encoding: 'utf-16le' }, text],
    ['big end first', Buffer.from(utf16).swap16(), { ...PLAIN, encoding: 'utf-16be' }, text],
    ['Latin-1', Buffer.from('gr\xf6\xdfe\x80', 'latin1'), { ...PLAIN, encoding: 'latin-1' }, 'größe€'],
    ['carriage returns alone', Buffer.from('a\rb\r'), { ...PLAIN, lineEnds: 'cr' }, 'a\nb\n'],
  ])('%s', async (_, bytes, options, expected) => {
    const found = await read(bytes, options);
    expect(found.text).toBe(expected);
    expect(found.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(found.bytesRead).toBe(bytes.length);
    expect(await sha256OfFile(join(folder, 'file'), 'file')).toBe(found.sha256);
  });

  test('what cannot be read is an input error', async () => {
    const gzip = { ...PLAIN, gzip: true };
    expect(await codeOf(read(gzipSync(text.repeat(100)).subarray(0, -9), gzip))).toBe('input');
    expect(await codeOf(read(Buffer.from('no gzip'), gzip))).toBe('input');
    expect(await codeOf(sha256OfFile(join(folder, 'missing'), 'missing'))).toBe('input');
    expect(await codeOf(sha256OfFile(folder, 'folder'))).toBe('input');
  });

  test('a cancelled one ends', async () => {
    const signal = AbortSignal.abort();
    expect(await codeOf(read(Buffer.from(text), { ...PLAIN, signal }))).toBe('cancelled');
  });
});

describe('splitters', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 });

  test('plain lines: nothing is lost, every cut ends a line, lines are counted', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(10, 13, 34, 97), { maxLength: 80 }), sizes, (bytes, cuts) => {
        const data = Uint8Array.from(bytes);
        const splitter = createLineSplitter('', ',');
        const parts = [...chunksOf(data, cuts).map((chunk) => splitter.push(chunk)), splitter.end()].flatMap(
          (cut) => cut ?? [],
        );
        let line = 1;
        for (const part of parts) {
          expect(part.firstLine).toBe(line);
          line += part.bytes.filter((byte) => byte === 10).length;
        }
        for (const part of parts.slice(0, -1)) expect(part.bytes.at(-1)).toBe(10);
        expect(Buffer.concat(parts.map((part) => part.bytes))).toEqual(Buffer.from(data));
        expect(splitter.takeRejections()).toEqual([]);
      }),
    );
  });

  test('mails: cut before a From line behind a blank one only', () => {
    const box = 'From a\nX: 1\n\nFrom here on\nbody\n\nFrom b\nX: 2\n\nbody\nFrom c is no mail\n';
    for (const size of [1, 3, 1000]) {
      const splitter = createMailSplitter();
      const parts = [...chunksOf(Buffer.from(box), [size]).map((chunk) => splitter.push(chunk)), splitter.end()];
      const cuts = parts.flatMap((cut) => cut ?? []);
      expect(Buffer.concat(cuts.map((cut) => cut.bytes)).toString()).toBe(box);
      for (const { bytes } of cuts) expect(Buffer.from(bytes).toString()).toMatch(/^From /u);
      expect(cuts.at(-1)?.firstLine).toBe(7);
    }
  });
});
