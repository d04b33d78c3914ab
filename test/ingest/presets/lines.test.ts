import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LinePreset, ParserOptions } from '../../../core/ingest/presets/index.ts';
import { isReject, PRESETS } from '../../../core/ingest/presets/index.ts';

const linesOf = (name: string): readonly string[] =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(0, -1);

const presetOf = (name: string): LinePreset => {
  const preset = PRESETS.find((candidate) => candidate.name === name);
  if (preset?.kind !== 'lines') throw new Error(`no line preset ${name}`);
  return preset;
};

/** Each line as its reason, or as the values of the asked fields joined by a blank. */
const read = (name: string, file: string, fields: readonly string[], options?: ParserOptions): readonly string[] => {
  const preset = presetOf(name);
  const parse = preset.makeParser(options);
  return linesOf(file).map((line) => {
    const outcome = parse(line);
    if (isReject(outcome)) return `- ${outcome.reject}`;
    expect(outcome).toHaveLength(preset.fields.length);
    return fields.map((field) => outcome[preset.fields.indexOf(field)] ?? '·').join(' ');
  });
};

describe('access-log', () => {
  test('requests, outcomes and what is no request', () => {
    const fields = [
      'client',
      'user',
      'method',
      'path',
      'status',
      'bytes',
      'outcome',
      'has_query',
      'has_referer',
      'is_asset',
      'path_depth',
    ];
    expect(read('access-log', 'access.log', fields)).toEqual([
      '203.0.113.7 · GET /shop/item.html 200 2326 success 1 1 0 2',
      '203.0.113.7 kim POST /login 401 · failure 0 0 0 1',
      '2001:db8::7 · GET /style/site.css 304 0 success 0 0 1 2',
      '198.51.100.9 · malformed · 400 226 failure 0 0 0 ·',
      '198.51.100.9 · malformed · 408 · failure 0 0 0 ·',
      '198.51.100.9 · GET /common 500 12 failure 0 0 0 1',
      '198.51.100.9 · other /x 405 12 failure 0 0 0 1',
      '198.51.100.9 · GET / 200 5 success 0 0 0 0',
      '- the time cannot be read',
      '- not a line of an access log',
      '- empty line',
    ]);
  });

  test('times keep their zone; agents lose their escapes, a cut one is kept', () => {
    expect(read('access-log', 'access.log', ['time', 'user_agent']).slice(1, 7)).toEqual([
      '17/May/2015:10:05:04 +0200 curl/8.0',
      '17/May/2015:10:05:05 +0000 An "odd" agent',
      '17/May/2015:10:05:06 +0000 ·',
      '17/May/2015:10:05:07 +0000 ·',
      '17/May/2015:10:05:08 +0000 ·',
      '17/May/2015:10:05:09 +0000 cut off in the ag',
    ]);
  });

  test('the virtual host in front is passed over', () => {
    const line = 'shop.example:443 192.0.2.1 - - [01/Jan/2026:00:00:00 +0000] "GET / HTTP/1.1" 200 5';
    expect(presetOf('access-log').looksLike([line])).toBe(1);
    expect(presetOf('access-log').makeParser()(line)).toContain('192.0.2.1');
  });

  test('a line of 200,000 characters made to be slow is read at once', () => {
    const parse = presetOf('access-log').makeParser();
    for (const text of ['a '.repeat(100_000), `a b ${'['.repeat(200_000)}`, `a b c [x] "${'\\'.repeat(200_000)}`]) {
      expect(isReject(parse(text))).toBe(true);
    }
  });
});

describe('sshd', () => {
  test('one event per message that names a client, the year turns', () => {
    const at = (iso: string): number => Date.parse(iso) * 1000;
    const fields = ['time', 'client', 'action', 'outcome', 'user', 'method', 'attempts', 'is_preauth'];
    const other = '- an sshd message that names no client';
    expect(read('sshd', 'auth.log', fields, { year: 2023 })).toEqual([
      other,
      `${at('2023-12-31T23:59:51Z')} 203.0.113.7 accepted success kim publickey 1 0`,
      `${at('2023-12-31T23:59:52Z')} 198.51.100.9 failed_invalid_user failure lee password 1 0`,
      `${at('2023-12-31T23:59:53Z')} 198.51.100.9 failed failure root password 1 0`,
      `${at('2023-12-31T23:59:54Z')} 198.51.100.9 invalid_user failure · · 1 0`,
      '- not an sshd event',
      other,
      `${at('2024-01-01T00:00:01Z')} 198.51.100.9 failed failure root password 5 0`,
      `${at('2024-01-01T00:00:02Z')} 198.51.100.9 auth_failure failure root · 4 0`,
      `${at('2024-01-01T00:00:03Z')} 198.51.100.9 closed unknown · · 1 1`,
      `${at('2024-01-01T00:00:04Z')} 2001:db8::9 closed unknown lee · 1 1`,
      // The user name imitates an address of its own; the client is the last one.
      `${at('2024-01-01T00:00:05Z')} 198.51.100.9 failed_invalid_user failure x from 192.0.2.1 port 1 ssh2 password 1 0`,
      `${at('2024-01-01T00:00:06Z')} 203.0.113.7 disconnect unknown · · 1 0`,
      `${at('2023-12-31T23:00:07.500Z')} 203.0.113.7 accepted success kim password 1 0`,
      `${at('2024-01-01T00:00:08Z')} 203.0.113.7 disconnected unknown kim · 1 0`,
      '- not a line of syslog',
    ]);
  });

  test.each(['Accepted password for', 'Failed none for', 'Invalid user', 'Failed password for invalid user'])(
    '%s: an address in the user name is not the client',
    (words) => {
      const user = 'kim from 192.0.2.1 port 1 ssh2';
      const outcome = presetOf('sshd').makeParser()(
        `Jan  1 00:00:00 gate sshd[1]: ${words} ${user} from 198.51.100.9 port 2`,
      );
      expect(isReject(outcome) ? outcome : [outcome[1], outcome[4]]).toEqual(['198.51.100.9', user]);
    },
  );

  test('stamps without a zone are read in the zone given', () => {
    const [, first] = read('sshd', 'auth.log', ['time'], { year: 2023, zone: '+02:00' });
    expect(Number(first)).toBe(Date.parse('2023-12-31T21:59:51Z') * 1000);
  });
});

describe('postfix', () => {
  test('messages are joined by their queue id, logins and refusals are events', () => {
    const fields = [
      'actor',
      'action',
      'outcome',
      'ip',
      'object',
      'bytes',
      'recipients',
      'delay_s',
      'attempts',
      'method',
    ];
    const kim = 'kim@mail.example';
    expect(read('postfix', 'maillog', fields, { year: 2024 })).toEqual([
      '203.0.113.7 smtpd:connect unknown 203.0.113.7 · · · · · ·',
      `${kim} smtpd:submitted success 203.0.113.7 · · · · · PLAIN`,
      '- a debug or service message',
      `${kim} qmgr:queued success 203.0.113.7 · 2048 2 · · ·`,
      `${kim} delivery:sent success 203.0.113.7 lee@other.example · · 1.5 · ·`,
      `${kim} delivery:deferred failure 203.0.113.7 pat@other.example · · 2 · ·`,
      `${kim} qmgr:removed unknown 203.0.113.7 · · · · · ·`,
      '198.51.100.9 smtpd:reject failure 198.51.100.9 lee@other.example · · · · ·',
      '198.51.100.9 smtpd:login failure 198.51.100.9 · · · · · LOGIN',
      '198.51.100.9 smtpd:lost failure 198.51.100.9 · · · · · ·',
      `${kim} imap:login success 203.0.113.7 · · · · · PLAIN`,
      '198.51.100.9 imap:login failure 198.51.100.9 lee@mail.example · · · 3 PLAIN',
      `${kim} imap:logout unknown · · 4096 · · · ·`,
      '- a debug or service message',
      '- the line that names the sender is missing',
      'uid 33 pickup:submitted success · · · · · · ·',
      '- a debug or service message',
      '- not a Postfix or Dovecot event',
    ]);
  });

  test('two parsers share no state', () => {
    expect(read('postfix', 'maillog', ['actor'])).toEqual(read('postfix', 'maillog', ['actor']));
  });
});

test('each kind of line is known by its own preset alone', () => {
  const files = { 'access-log': 'access.log', sshd: 'auth.log', postfix: 'maillog' };
  for (const [name, file] of Object.entries(files)) {
    for (const preset of PRESETS) {
      if (preset.kind !== 'lines') continue;
      const confidence = preset.looksLike(linesOf(file));
      if (preset.name === name) expect(confidence).toBeGreaterThan(0.6);
      else expect(confidence).toBe(0);
    }
  }
});

test('every mapped field exists, and every time field is mapped', () => {
  for (const preset of PRESETS) {
    if (preset.kind === 'json') continue;
    expect(preset.map.ts).toBeDefined();
    for (const fields of Object.values(preset.map))
      for (const field of fields.split('+')) expect(preset.fields).toContain(field);
  }
});
