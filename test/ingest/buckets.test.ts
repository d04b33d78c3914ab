import { createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { parsePolicy } from '../../core/anonymize/parse-policy.ts';
import { knowableColumns } from '../../core/anonymize/risk/index.ts';
import { availableColumns, importFiles, parseMapOption } from '../../core/ingest/index.ts';
import { proposeMapping } from '../../core/ingest/mapping/index.ts';
import { planFile, type PlanOptions } from '../../core/ingest/plan-file.ts';
import { readActorEvents } from '../../core/store/explore/actor-events.ts';
import { createCase, createTemporaryCase, numberColumn, readColumns, type Case } from '../../core/store/index.ts';
import { readReleaseColumns } from '../../core/store/release-columns.ts';

const root = mkdtempSync(join(tmpdir(), 'nightjar-buckets-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const file = (text: string, name = 'log.csv'): string => {
  const path = join(root, name);
  writeFileSync(path, text);
  return path;
};
const opened = async (): Promise<Case> => {
  const into = await createTemporaryCase({ threads: 1 });
  onTestFinished(() => into.close());
  return into;
};
const importInto = (into: Case, path: string, options: PlanOptions = {}) =>
  importFiles(into, [path], { ...options, threads: 1 }, {});

const ROWS: readonly (readonly [user: string, reply: string, path: string])[] = [
  ['ana', 'x@example.org', 'x@example.org'],
  ['ana', 'x@example.org', 'y@example.org'],
  ['bo', 'x@example.org', 'x@example.org'],
  [' ana ', '  x@example.org ', 'y@example.org'],
  ['bo', '', '-'],
  ['', 'x@example.org', 'x@example.org'],
  ['bo', '2001:DB8::1', 'y@example.org'],
  ['bo', '2001:db8:0:0:0:0:0:1', 'x@example.org'],
];
const LOG = `time,user,reply_to,return_path\n${ROWS.map(([user, reply, path], i) => `2024-01-02T00:00:0${i}Z,${user},${reply},${path}`).join('\n')}\n`;

/** By hand: the first byte of HMAC(HMAC(key, nightjar/bucket/COLUMN), actor NUL value). */
const byHand = (into: Case, column: string, actor: string, value: string): number => {
  const own = createHmac('sha256', into.vault.pseudonymKey()).update(`nightjar/bucket/${column}`).digest();
  return createHmac('sha256', own).update(`${actor}\0${value}`).digest()[0] ?? Number.NaN;
};
const stored = async (into: Case, column: string): Promise<number[]> => [
  ...numberColumn(
    await readColumns(into.connection, `SELECT CAST(${column} AS DOUBLE) AS x FROM events ORDER BY seq`),
    'x',
  ),
];

describe('an identifier that no event column takes', () => {
  test('is kept as a bucket among its actor’s own; values by hand', async () => {
    const into = await opened();
    const [done] = await importInto(into, file(LOG));
    expect(done).toMatchObject({ stored: 7, quarantined: 1, reasons: { 'actor_id: no actor': 1 } });
    expect(done?.mapping).toMatchObject({ b_reply_to: 'reply_to', b_return_path: 'return_path' });
    const [x, y] = ['x@example.org', 'y@example.org'];
    const reply = (actor: string, value: string): number => byHand(into, 'b_reply_to', actor, value);
    const path = (actor: string, value: string): number => byHand(into, 'b_return_path', actor, value);
    const address = reply('bo', '2001:db8:0:0:0:0:0:1'); // one spelling for all of an address
    expect(await stored(into, 'b_reply_to')).toEqual([
      reply('ana', x),
      reply('ana', x),
      reply('bo', x),
      reply('ana', x),
      Number.NaN,
      address,
      address,
    ]);
    expect(await stored(into, 'b_return_path')).toEqual([
      path('ana', x),
      path('ana', y),
      path('bo', x),
      path('ana', y),
      Number.NaN,
      path('bo', y),
      path('bo', x),
    ]);
  });

  test('is nowhere else: not in the case’s files, nor among the identities', async () => {
    const directory = join(root, 'case');
    const keyringPath = join(root, 'keyring');
    const into = await createCase(directory, { keyringPath, threads: 1 });
    const secret = 'kestrel-77@aviary.example';
    const lines = Array.from(
      { length: 40 },
      (_, i) => `2024-01-02T00:00:${10 + i}Z,user-${i % 4},${secret},${i % 9}@a.example`,
    );
    await importInto(into, file(`time,user,reply_to,return_path\n${lines.join('\n')}\n`, 'secret.csv'), {
      policy: { reply_to: { kind: 'bucket' } },
    });
    expect(await stored(into, 'b_reply_to')).toHaveLength(40);
    const names = await readColumns(
      into.connection,
      "SELECT count(*) AS n FROM duckdb_columns() WHERE column_name LIKE 'c_re%'",
    );
    expect(numberColumn(names, 'n')[0]).toBe(0);
    await into.close();
    for (const name of ['data.duckdb', 'journal.ndjson', 'vault.sealed', 'case.json']) {
      const bytes = readFileSync(join(directory, name)).toString('latin1');
      expect([name, bytes.includes('kestrel'), bytes.includes('a.example')]).toEqual([name, false, false]);
    }
  });

  test('any bytes will do, and a long value is no other than a short one', async () => {
    const into = await opened();
    const long = `${'k'.repeat(3000)}@example.org`;
    const odd = Buffer.concat([
      Buffer.from('time,user,reply_to\n2024-01-02T00:00:01Z,ana,'),
      Buffer.of(0xff, 0xfe),
      Buffer.from(`\n2024-01-02T00:00:02Z,ana,${long}\n2024-01-02T00:00:03Z,ana,${long}\n`),
    ]);
    const path = join(root, 'odd.csv');
    writeFileSync(path, odd);
    await importInto(into, path, { map: parseMapOption('actor_id=user,b_reply=reply_to') });
    const [, second, third] = await stored(into, 'b_reply');
    expect([second, third]).toEqual([byHand(into, 'b_reply', 'ana', long), byHand(into, 'b_reply', 'ana', long)]);
  });

  test('is shown to nobody, grouped by in no release, and no quasi-identifier', async () => {
    const into = await opened();
    await importInto(into, file(LOG));
    const columns = await readReleaseColumns(into.connection, 'events');
    expect(columns.filter(({ name }) => name.startsWith('b_')).map(({ name, use }) => [name, use])).toEqual([
      ['b_reply_to', 'identity'],
      ['b_return_path', 'identity'],
    ]);
    const available = await availableColumns(into.connection);
    expect(available.has('b_reply_to')).toBe(true);
    expect(knowableColumns(available).filter((name) => name.startsWith('b_'))).toEqual([]);
    const actor = (await readColumns(into.connection, 'SELECT actor_id FROM events LIMIT 1')).columns[0];
    const page = await readActorEvents(into.connection, {
      actor: String(Array.isArray(actor) ? actor[0] : ''),
      offset: 0,
      limit: 9,
    });
    expect(page.events.names.filter((name) => name.startsWith('b_'))).toEqual([]);
  });
});

describe('what is kept as buckets by itself', () => {
  const leftover = (name: string, values: (i: number) => string) => {
    const samples = Array.from({ length: 60 }, (_, i) => [
      `2024-01-02T00:00:${String(i % 60).padStart(2, '0')}Z`,
      `u${i % 7}`,
      values(i),
    ]);
    return proposeMapping({ fields: ['time', 'user', name], samples }).leftovers.map(({ kind, policy, column }) => [
      kind,
      policy,
      column,
    ]);
  };
  const mail = (i: number): string => `m${i % 20}@example.org`;
  test.each<[string, string, (i: number) => string, readonly unknown[]]>([
    ['an address', 'reply_to', mail, ['identifier', 'bucket', 'b_reply_to']],
    ['a number that repeats', 'order_key_id', (i) => String(9_000_000 + (i % 30)), ['identifier', 'drop', undefined]],
    ['a token that repeats', 'basket_id', (i) => `b${i % 30}x`, ['identifier', 'bucket', 'b_basket_id']],
    ['one that hardly repeats', 'basket_id', (i) => `b${i}x`, ['identifier', 'drop', undefined]],
    ['one value only', 'basket_id', () => 'b1x', ['identifier', 'drop', undefined]],
    ['a secret', 'password', (i) => `hunter${i % 20}`, ['identifier', 'drop', undefined]],
    [
      'a text with addresses in it',
      'comment',
      (i) => (i % 2 === 0 ? mail(i) : 'see you'),
      ['identifier', 'drop', undefined],
    ],
    ['free text', 'comment', (i) => `this is what I think ${i % 20}`, ['text', 'features-only', 'text']],
    ['what is sensitive', 'diagnosis', mail, ['sensitive', 'drop', undefined]],
  ])('%s', (_, name, values, expected) => expect(leftover(name, values)).toEqual([expected]));

  test('at most eight of them, the first in the file', () => {
    const fields = ['time', 'user', ...Array.from({ length: 10 }, (_, j) => `basket_${j}_id`)];
    const samples = Array.from({ length: 60 }, (_, i) => [
      `2024-01-02T00:00:${String(i % 60).padStart(2, '0')}Z`,
      `u${i % 7}`,
      ...fields.slice(2).map((_, j) => `b${(i + j) % 20}x`),
    ]);
    const { leftovers } = proposeMapping({ fields, samples });
    expect(leftovers.map(({ policy }) => policy)).toEqual([...Array<string>(8).fill('bucket'), 'drop', 'drop']);
  });
});

describe('a policy', () => {
  const encodeOf = async (policy: string): Promise<Readonly<Record<string, string>>> => {
    const { plan } = await planFile(file(LOG), 'log.csv', { policy: parsePolicy(policy, 'policy.json') });
    return Object.fromEntries(
      plan.columns.map(({ column, encode }) => [column, 'transform' in encode ? encode.transform.to : encode.kind]),
    );
  };
  const others = { ts: 'time', actor_id: 'token', b_return_path: 'bucket' };
  test.each<[string, Readonly<Record<string, string>>]>([
    ['{}', { ...others, b_reply_to: 'bucket' }],
    ['{"reply_to": "bucket"}', { ...others, b_reply_to: 'bucket' }],
    ['{"reply_to": "drop"}', others],
    ['{"reply_to": "pseudonymise"}', { ...others, c_reply_to: 'token' }],
  ])('%s', async (policy, columns) => expect(await encodeOf(policy)).toEqual(columns));

  test.each([
    ['{"user": "bucket"}', 'The actor cannot be under the policy "bucket".'],
    ['{"time": "bucket"}', 'Only a field that no event column takes can be kept as buckets.'],
    ['{"b_reply_to": "keep"}', 'A bucket cannot be under the policy "keep".'],
  ])('%s is refused', async (policy, message) => {
    await expect(encodeOf(policy)).rejects.toMatchObject({ code: 'usage', message });
  });
});
