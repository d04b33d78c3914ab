import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { shapeOf, showValue } from '../../core/ingest/inspect-mask.ts';
import { inspectFile, listInputs, type Inspection, type PlanOptions } from '../../core/ingest/index.ts';
import { MARK, writeIdentityLogs } from '../robustness/identity-logs.ts';

const KEY = new Uint8Array(32).fill(7);
const folder = (): string => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-inspect-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};
const inspected = async (text: string, options: PlanOptions = {}, name = 'log.csv'): Promise<Inspection> => {
  const path = join(folder(), name);
  writeFileSync(path, text);
  const [file] = listInputs([path]);
  if (file === undefined) throw new Error('There is no file.');
  return inspectFile(file, options, KEY);
};

describe('the shape of a value', () => {
  test.each([
    ['Anna.Müller+7@example.org', 'Aaaa.Aaaaaa+0@aaaaaaa.aaa'],
    ['+49 (30) 123-45', '+00 (00) 000-00'],
    ['Ελένη ٣', 'Aaaaa 0'],
    ['山田太郎', 'aaaa'],
    ['é́', 'aa'],
    ['', ''],
    ['<b>Bob</b>', '<a>Aaa</a>'],
  ])('%j is %j', (value, shape) => {
    expect(shapeOf(value)).toBe(shape);
  });

  test('is at most 64 characters long', () => {
    expect(shapeOf('x'.repeat(500))).toBe(`${'a'.repeat(63)}…`);
    expect(showValue('7'.repeat(500), { as: 'open' })).toHaveLength(64);
  });
});

test.each([
  ['1234', { as: 'numbers' } as const, '1234'],
  ['-12.5e3', { as: 'numbers' } as const, '-12.5e3'],
  ['4111111111111111', { as: 'numbers' } as const, '0000000000000000'],
  ['Anna', { as: 'numbers' } as const, 'Aaaa'],
  ['view', { as: 'categories', common: new Set(['view']) } as const, 'view'],
  ['Anna', { as: 'categories', common: new Set(['view']) } as const, 'Aaaa'],
  ['a@b.org', { as: 'categories', common: new Set(['a@b.org']) } as const, 'a@a.aaa'],
  ['noon', { as: 'times', shown: () => undefined } as const, 'aaaa'],
])('%j shown as %j is %j', (value, showing, shown) => {
  expect(showValue(value, showing)).toBe(shown);
});

describe('nothing that names anybody is shown', () => {
  const directory = mkdtempSync(join(tmpdir(), 'nightjar-inspect-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  test.each(writeIdentityLogs(directory).map((log) => [log.name, log.file] as const))('of %s', async (_name, path) => {
    const [file] = listInputs([path]);
    if (file === undefined) throw new Error('There is no file.');
    const found = await inspectFile(file, {}, KEY);
    expect(found.preview.length).toBeGreaterThan(0);
    const text = JSON.stringify({ ...found, problem: found.problem?.message }).toLowerCase();
    expect(text).not.toContain(MARK.toLowerCase());
    expect(text).not.toMatch(/203\.0\.11\d/u);
    expect(text).not.toContain('mail.example');
  });

  const IDENTIFIERS = {
    email: (i: number) => `anna.keller${i}@firma.example`,
    phone: (i: number) => `+49 30 90${1000 + i}77`,
    card: (i: number) => `411111111111${1000 + i}`,
    iban: (i: number) => `DE8937040044053201${3000 + i}`,
    uuid: (i: number) => `7d444840-9dc0-11d1-b245-5ffdce74f${100 + i}`,
    hash: (i: number) => `9e107d9d372bb6826bd81d3542a4${1600 + i}`,
    ip: (i: number) => `198.51.100.${i}`,
    ipv6: (i: number) => `2001:db8::dead:be${10 + i}`,
    mac: (i: number) => `00:1b:44:11:3a:${10 + (i % 80)}`,
    name: (i: number) => `Sieglinde Ottokar${'abcdefghij'[i % 10]}${'klmnopqrst'[Math.floor(i / 10) % 10]}`,
    ssn: (i: number) => `078-05-${1120 + i}`,
    birth_date: (i: number) => `19${60 + (i % 40)}-0${1 + (i % 9)}-17`,
    salary: (i: number) => `${73_100 + i}`,
    city: (i: number) => ['Wanne-Eickel', 'Castrop-Rauxel'][i % 2] ?? '',
    zip: (i: number) => `44${600 + i}`,
    url: (i: number) => `https://x.example/people/sieglinde${i}`,
    path: (i: number) => `/home/sieglinde${i}/x`,
    owner: () => 'sieglinde',
    diagnosis: (i: number) => ['Influenza', 'Hypertonie'][i % 2] ?? '',
    comment: (i: number) => `Please call Sieglinde at home ${i}`,
  };
  // Under a name that gives it away, and under one that does not.
  const kinds = Object.entries(IDENTIFIERS);
  const named = new Set(['birth_date', 'salary', 'city', 'zip', 'diagnosis']);
  test.each(
    kinds.flatMap(([kind, make]) => [
      [kind, kind, make] as const,
      ...(named.has(kind) ? [] : [[kind, 'column', make] as const]),
    ]),
  )('not a %s in a field called %s', async (_kind, field, make) => {
    const rows = Array.from({ length: 90 }, (_, i) => `2025-01-01T00:${10 + (i % 50)}:00Z,u${i % 7},"${make(i)}"`);
    const found = await inspected(`time,user,${field}\n${rows.join('\n')}\n`);
    const text = JSON.stringify({ fields: found.fields, preview: found.preview, warnings: found.warnings });
    for (let i = 0; i < 90; i++) expect(text).not.toContain(make(i));
    expect(text.toLowerCase()).not.toContain('sieglinde');
  });

  test('nor one that stands among harmless values', async () => {
    const values = [
      ...Array.from({ length: 80 }, (_, i) => ['open', 'closed'][i % 2]),
      'anna@firma.example',
      'Sieglinde',
    ];
    const numbers = values.map((_, i) => (i === 40 ? '4111111111111112' : i % 9));
    const rows = values.map((value, i) => `2025-01-01T00:10:00Z,u${i % 7},${value},${numbers[i]}`);
    rows[50] = 'Sieglinde 1970,u1,open,Sieglinde';
    const found = await inspected(`time,user,state,load\n${rows.join('\n')}\n`);
    const text = JSON.stringify([found.fields, found.preview, found.trial]);
    for (const raw of ['anna@firma', 'Sieglinde', '4111111111111112']) expect(text).not.toContain(raw);
    const shown = found.preview.map((row) => row[3]);
    expect(shown).toContain('5');
  });
});

test('a kept value that is not shown before is not shown after either', async () => {
  const found = await inspected(
    'time,user,action\n2025-01-01T00:00:01Z,u1,open\n2025-01-01T00:00:02Z,u2,Sieglinde\n2025-01-01T00:00:03Z,u1,shut\n',
  );
  const action = found.fields.find(({ field }) => field === 'action');
  expect(action).toMatchObject({ column: 'action', before: 'aaaa', after: 'aaaa' });
  expect(JSON.stringify(found)).not.toContain('Sieglinde');
});

test('a table without a header does not take its first record for names', async () => {
  const rows = Array.from({ length: 60 }, (_, i) => `2025-01-01T00:00:${10 + (i % 50)}Z,anna${i}@firma.example,${i}`);
  const found = await inspected(rows.join('\n'));
  expect(found.fields.map(({ field }) => field)).toEqual(['column_1', 'column_2', 'column_3']);
  expect(JSON.stringify(found.fields)).not.toContain('firma');
});

test('what a policy does is shown as the import does it', async () => {
  const rows = Array.from(
    { length: 60 },
    (_, i) =>
      `2025-01-01T07:08:${10 + (i % 50)}Z,u${i % 7},${i * 10},10.1.2.${i},"Hi, see https://x.example ${i}",${['a', 'b'][i % 2]}`,
  );
  const found = await inspected(`time,user,amount,ip,message,state\n${rows.join('\n')}\n`, {
    policy: {
      time: { kind: 'generalise', how: { to: 'hour' } },
      amount: { kind: 'generalise', how: { to: 'bins', width: 100 } },
      ip: { kind: 'generalise', how: { to: 'network' } },
      state: { kind: 'generalise', how: { to: 'categories', values: ['b'] } },
    },
  });
  const after = Object.fromEntries(found.fields.map((field) => [field.field, field.after]));
  expect(after).toMatchObject({
    time: '2025-01-01T07:00:00.000Z',
    amount: '0',
    ip: '10.1.2.0/24',
    message: '27 characters, 1 link, 4 % digits',
    state: 'other',
  });
  expect(after['user']).toMatch(/^[A-Za-z][A-Za-z0-9]{11}$/u);
});
