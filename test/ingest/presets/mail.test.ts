import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isReject, PRESETS } from '../../../core/ingest/presets/index.ts';
import { splitMails } from '../../../core/ingest/read/text-records.ts';

const preset = PRESETS.find((candidate) => candidate.kind === 'mail');
const mbox = readFileSync(new URL('fixtures/box.mbox', import.meta.url));
const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const mailsOf = (bytes: Uint8Array): readonly Uint8Array[] =>
  [...splitMails(bytes)].map(({ start, end }) => bytes.subarray(start, end));

const read = (message: string): Record<string, string | null> | string => {
  if (preset === undefined) throw new Error('no mail preset');
  const outcome = preset.parse(message);
  if (isReject(outcome)) return outcome.reject;
  return Object.fromEntries(preset.fields.map((field, i) => [field, outcome[i] ?? null]));
};

describe('mail', () => {
  test('headers of a message of an mbox', () => {
    const body = 'Look at https://a.example and http://b.example\n\nFrom here on it is quoted.\n\n';
    expect(read(text(mailsOf(mbox)[0] ?? new Uint8Array()))).toEqual({
      time: String(Date.parse('2002-08-22T11:36:16Z') * 1000),
      message_id: '1@mail.example',
      from_addr: 'kim@mail.example',
      from_domain: 'mail.example',
      to_addr: 'lee@other.example',
      relay_ip: '203.0.113.7',
      origin_ip: '192.0.2.44',
      mailer: 'Mailer 1.0',
      subject: 'Café été offer',
      content_type: 'text/html',
      hops: '2',
      recipients: '3',
      body_bytes: String(body.length),
      links: '2',
      attachments: '0',
      has_list_id: '1',
      reply_to_differs: '1',
      return_path_differs: '1',
    });
  });

  test('without a Received line the sender says when', () => {
    expect(read('From: kim@mail.example\nDate: Fri, 23 Aug 2002 10:00:00 +0000\n\n')).toMatchObject({
      time: String(Date.parse('2002-08-23T10:00:00Z') * 1000),
      relay_ip: null,
      hops: '0',
      content_type: null,
    });
  });

  test.each([
    ['', 'empty message'],
    ['hello\n\nworld', 'no mail headers'],
    ['From: kim@mail.example\n\nbody', 'the time is missing or cannot be read'],
    ['Date: Fri, 23 Aug 2002 10:00:00 +0000\nTo: x@y.example\n\n', 'no sender'],
  ])('%j: %s', (message, reason) => expect(read(message)).toBe(reason));

  test('an encoded word in an unknown charset is read as Latin-1', () => {
    const message = 'From: a@b.example\nDate: Fri, 23 Aug 2002 10:00:00 +0000\nSubject: =?x-none?q?caf=E9?=\n\n';
    expect(read(message)).toMatchObject({ subject: 'café' });
  });

  test('headers made to be slow are read at once', () => {
    const base = 'From: a@b.example\nDate: Fri, 23 Aug 2002 10:00:00 +0000\n';
    const read200k = (header: string): unknown => read(`${base}${header}\n\n`);
    expect(read200k(`To: ${'x'.repeat(200_000)}`)).toMatchObject({ recipients: '0' });
    expect(read200k(`To: ${'c@d.example, '.repeat(10_000)}`)).toMatchObject({ recipients: '10000' });
    expect(read200k(`Subject: ${'=?a?q?'.repeat(30_000)}`)).toMatchObject({ recipients: '0' });
  });

  test('known by its headers', () => {
    expect(preset?.looksLike(text(mbox))).toBe(1);
    expect(preset?.looksLike('a: 1\nb: 2\n')).toBe(0);
    expect(preset?.looksLike('time,user\n1,2\n')).toBe(0);
  });
});

describe('mails of an mbox', () => {
  test('From_ lines after an empty line separate, quoted ones do not', () => {
    const parts = mailsOf(mbox).map(text);
    expect(parts.map((part) => part.split('\n')[0])).toEqual([
      'From kim@mail.example Thu Aug 22 18:26:25 2002',
      'From lee@other.example Fri Aug 23 10:00:00 2002',
      'From this line no message begins: no, it does, an mbox cannot tell.',
    ]);
    expect(parts.join('')).toBe(text(mbox));
  });

  test('a From_ line within a paragraph does not separate', () => {
    const parts = mailsOf(new TextEncoder().encode('From a\n\ntext\nFrom b\r\n\r\nFrom c\n')).map(text);
    expect(parts).toEqual(['From a\n\ntext\nFrom b\r\n\r\n', 'From c\n']);
  });

  test('the parts are the whole, for any text', () => {
    const line = fc.constantFrom('From a', '', '>From b', 'text', 'From', '\r');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const whole = new TextEncoder().encode(lines.join('\n'));
        const parts = mailsOf(whole);
        expect(parts.map(text).join('')).toBe(text(whole));
        for (const part of parts.slice(1)) expect(text(part)).toMatch(/^From /);
        for (const part of parts) expect(text(part)).not.toMatch(/\n\r?\nFrom /);
      }),
    );
  });
});
