import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { InspectedFile } from '../../core/api/contract.ts';
import type { Engine } from '../../core/api/router.ts';
import { logRows, writeLog } from './logs.ts';
import { jobEnded, refused, startEngine, type TestClient } from './support.ts';

type Options = NonNullable<Parameters<TestClient['import']['inspect']>[0]['options']>;

const look = async (
  { engine, client }: { engine: Engine; client: TestClient },
  path: string,
  options: Options = {},
): Promise<InspectedFile> => {
  const { files } = await client.import.inspect({ grants: [engine.grant(path, 'file').id], options });
  const [file] = files;
  if (file === undefined) throw new Error('No file was looked at.');
  return file;
};
const fieldOf = (file: InspectedFile, name: string) => {
  const found = file.fields.find(({ field }) => field === name);
  if (found === undefined) throw new Error(`There is no field ${name}.`);
  return found;
};

describe('looking at a file', () => {
  test('says what it is, what becomes of each field and what that does to a value', async () => {
    const started = startEngine();
    await started.client.case.create({ name: 'Case' });
    const path = writeLog(started.folder);
    const file = await look(started, path);
    expect(file).toMatchObject({
      name: 'log.csv',
      bytes: statSync(path).size,
      format: { kind: 'csv', compression: 'none', encoding: 'utf-8', delimiter: ',', hasHeader: true, preset: null },
      estimatedRows: 1300,
      sampled: 1300,
      rejected: [],
      warnings: [],
      isImported: false,
      problem: null,
    });
    expect(file.preview).toHaveLength(200);
    expect(fieldOf(file, 'time')).toMatchObject({ looksLike: 'time', privacy: 'safe', column: 'ts', masked: false });
    const user = fieldOf(file, 'user');
    expect(user).toMatchObject({
      looksLike: 'email',
      privacy: 'identifier',
      column: 'actor_id',
      masked: true,
      before: expect.stringMatching(/^a{3,4}0*@aaaaaaa\.aaa$/u),
      policy: { kind: 'pseudonymise' },
      choices: [{ kind: 'pseudonymise' }],
      filledShare: 1,
      distinct: 41,
    });
    expect(user.confidence).toBeGreaterThan(0.5);
    expect(fieldOf(file, 'action')).toMatchObject({ masked: false, column: 'action', privacy: 'safe' });
    expect(fieldOf(file, 'ip').choices.map((choice) => choice.kind)).toContain('generalise');

    // The tokens are those of the case.
    const { job } = await started.client.jobs.startImport({
      grants: [started.engine.grant(path, 'file').id],
      detect: null,
    });
    await jobEnded(started.client, job);
    expect(await look(started, path)).toMatchObject({ isImported: true });
    expect(fieldOf(await look(started, path), 'user').after).toBe(user.after);
  });

  test('shows what a chosen mapping and policy do, and leaves the rest proposed', async () => {
    const started = startEngine();
    const path = writeLog(started.folder);
    const policy = {
      ip: { kind: 'generalise' as const, how: { to: 'network' as const } },
      time: { kind: 'generalise' as const, how: { to: 'day' as const } },
    };
    const file = await look(started, path, { map: [{ column: 'object_id', fields: ['action'] }], policy });
    expect(file.problem).toBeNull();
    expect(file.warnings).toEqual([]);
    expect(fieldOf(file, 'ip')).toMatchObject({
      before: expect.stringMatching(/^000\.0\.0\.0+$/u),
      after: '192.0.2.0/24',
      policy: policy.ip,
    });
    expect(fieldOf(file, 'time').after).toMatch(/T00:00:00\.000Z$/u);
    expect(fieldOf(file, 'action')).toMatchObject({ column: 'object_id', confidence: null, reason: 'You chose this.' });
    expect(fieldOf(file, 'user')).toMatchObject({ column: 'actor_id' });
    const kept = await look(started, path, { policy: { ip: { kind: 'keep', guarded: false } } });
    expect(fieldOf(kept, 'ip')).toMatchObject({ masked: false, before: expect.stringMatching(/^192\.0\.2\.\d+$/u) });
  });

  test('says before the import that nothing can be read, and why, without words of the command line', async () => {
    const started = startEngine();
    const path = join(started.folder, 'broken.csv');
    const line = (i: number): string => `2026-03-01T00:00:${String(i).padStart(2, '0')}Z;kim${i % 7};view;too;many`;
    writeFileSync(path, `time;user;action\n${Array.from({ length: 40 }, (_, i) => line(i)).join('\n')}\n`);
    const file = await look(started, path);
    expect(file).toMatchObject({ sampled: 40, rejectedCount: 40, problem: { code: 'input' } });
    expect(file.problem?.message).toBe('None of the first 40 records can be read: 5 fields instead of 3.');
    await started.client.case.create({ name: 'Broken' });
    const { job } = await started.client.jobs.startImport({ grants: [started.engine.grant(path, 'file').id] });
    const ended = await jobEnded(started.client, job);
    expect(ended).toMatchObject({ state: 'failed', error: { next: 'Check the format and the mapping.' } });
  });

  test.each<[string, Options, string, string]>([
    ['a field that is not there', { map: [{ column: 'actor_id', fields: ['usr'] }] }, 'usage', 'no field'],
    ['a column that is not there', { map: [{ column: 'actor', fields: ['user'] }] }, 'usage', 'no event column'],
    [
      'a column that would be SQL',
      { map: [{ column: 'm_x"; DROP TABLE', fields: ['ip'] }] },
      'usage',
      'no event column',
    ],
    ['a column the import makes', { map: [{ column: 'seq', fields: ['ip'] }] }, 'usage', 'made by the import'],
    [
      'a column twice',
      {
        map: [
          { column: 'ip', fields: ['ip'] },
          { column: 'ip', fields: ['user'] },
        ],
      },
      'usage',
      'twice',
    ],
    ['a preset that is not there', { preset: 'nothing' }, 'usage', 'no preset'],
    ['a preset of another kind', { preset: 'cloudtrail' }, 'input', 'This file is no'],
    ['an actor that is kept', { policy: { user: { kind: 'keep', guarded: false } } }, 'usage', 'The actor cannot'],
    ['a time zone nobody knows', { timeZone: 'Nowhere/Land' }, 'usage', 'zone'],
  ])('tells %s as a problem beside the fields', async (_name, options, code, message) => {
    const started = startEngine();
    const file = await look(started, writeLog(started.folder), options);
    expect(file.problem).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(file.fields.map(({ field }) => field)).toContain('user');
    expect(JSON.stringify(file)).not.toContain('example.org');
  });

  test('without an actor offers the fields to choose from', async () => {
    const started = startEngine();
    const path = join(started.folder, 'numbers.csv');
    writeFileSync(
      path,
      `when,load\n${Array.from({ length: 30 }, (_, i) => `2025-01-01T00:00:${10 + i}Z,${i}.5`).join('\n')}\n`,
    );
    const file = await look(started, path);
    expect(file.problem).toMatchObject({ code: 'input', message: 'No column says who acted.' });
    expect(file.fields.map(({ field }) => field)).toEqual(['when', 'load']);
    expect(fieldOf(file, 'when')).toMatchObject({ column: 'ts' });
  });

  test('tells each file of a folder, also what cannot be read, and rejected records with line and reason', async () => {
    const started = startEngine();
    const logs = join(started.folder, 'logs');
    mkdirSync(logs);
    writeLog(logs, 'a.csv');
    writeFileSync(
      join(logs, 'b.csv'),
      'time,user\n2025-01-01T00:00:00Z,ann@x.test\nnever,bob@x.test\n2025-01-01T00:00:01Z,\n',
    );
    writeFileSync(join(logs, 'c.csv'), '');
    const csv = logRows(5, 3).map(({ at, user }) => `${new Date(at).toISOString()},${user}`);
    writeFileSync(join(logs, 'd.csv.gz'), gzipSync(`time,user\n${csv.join('\n')}\n`));
    const { files } = await started.client.import.inspect({ grants: [started.engine.grant(logs, 'folder').id] });
    expect(files.map(({ name }) => name)).toEqual(['a.csv', 'b.csv', 'c.csv', 'd.csv.gz']);
    expect(files[1]?.rejected.map(({ line, column }) => [line, column])).toEqual([
      [3, 'ts'],
      [4, 'actor_id'],
    ]);
    expect(files[2]).toMatchObject({
      format: null,
      problem: { code: 'input', message: 'This file is empty.' },
      fields: [],
    });
    expect(files[3]).toMatchObject({ format: { compression: 'gzip' }, estimatedRows: null, problem: null });
    expect(JSON.stringify(files)).not.toContain('bob');
  });

  test('of a preset can be changed without losing the preset', async () => {
    const started = startEngine();
    const path = join(started.folder, 'ecs.ndjson');
    const lines = Array.from({ length: 20 }, (_, i) => ({
      '@timestamp': `2025-01-01T00:00:${10 + i}Z`,
      ecs: { version: '8.11' },
      event: { action: i % 2 === 0 ? 'login' : 'logout', outcome: 'success' },
      user: { id: `u${i % 4}`, name: `anna${i % 4}` },
      source: { ip: `192.0.2.${i % 4}` },
    }));
    writeFileSync(path, lines.map((line) => JSON.stringify(line)).join('\n'));
    const file = await look(started, path);
    expect(file).toMatchObject({ format: { preset: 'ecs' }, problem: null });
    const swapped = await look(started, path, { map: [{ column: 'device_id', fields: ['ip'] }] });
    expect(swapped).toMatchObject({ format: { preset: 'ecs' }, problem: null });
    const raw = await look(started, path, { map: [{ column: 'actor_id', fields: ['user.name'] }] });
    expect(raw).toMatchObject({ format: { preset: null }, problem: null });
    expect(fieldOf(raw, 'user.name')).toMatchObject({ column: 'actor_id', masked: true });
    expect(JSON.stringify([file, swapped, raw])).not.toMatch(/anna\d|192\.0\.2\.\d"/u);
  });
});

test('imports, quarantine and their CSV are told as the case holds them', async () => {
  const { folder, engine, client } = startEngine();
  await client.case.create({ name: 'Case' });
  const path = join(folder, '=cmd.csv');
  const good = Array.from({ length: 30 }, (_, i) => `2025-01-01T00:00:${10 + i}Z,user${i % 5}@x.test,${i}`);
  writeFileSync(
    path,
    `time,user,amount\n${[...good, 'never,a@x.test,1', '2025-01-01T00:01:00Z,b@x.test,much'].join('\n')}\n`,
  );
  const grants = [engine.grant(path, 'file').id];
  await jobEnded(client, (await client.jobs.startImport({ grants, detect: null })).job);
  const [file] = await client.import.files();
  expect(file).toMatchObject({ name: '=cmd', rows: 32, stored: 30, quarantined: 2, format: 'csv' });
  expect(file?.mapping).toMatchObject({ ts: 'time', actor_id: 'user', amount: 'amount' });
  expect(file?.importedAt).toBeGreaterThan(Date.UTC(2024, 0));
  const page = await client.import.quarantine({ offset: 1, limit: 1 });
  expect(page.total).toBe(2);
  expect(page.rows).toMatchObject([{ file: '=cmd', line: 33, column: 'amount' }]);
  expect(page.reasons.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  const { rows, file: csv } = await client.import.quarantineCsv({});
  const text = (await csv?.text()) ?? '';
  expect(rows).toBe(2);
  expect(text.split('\n')[1]?.startsWith("'=cmd,32,ts,")).toBe(true);
  const to = join(folder, 'quarantine.csv');
  expect(await client.import.quarantineCsv({ to: engine.grant(to, 'save').id })).toEqual({ rows: 2, file: null });
  expect(readFileSync(to, 'utf8')).toBe(text);
  expect(await refused(client.import.quarantineCsv({ to: grants[0] ?? '' }))).toMatchObject({ code: 'usage' });
});

test('templates are kept by name, for the owner alone', async () => {
  const { folder, client } = startEngine();
  const options = { map: [{ column: 'actor_id', fields: ['user'] }], policy: { ip: { kind: 'drop' as const } } };
  const saved = await client.import.saveTemplate({ name: 'Gateway', options, fields: ['user', 'ip'] });
  expect(await client.import.templates()).toEqual([saved]);
  const again = await client.import.saveTemplate({ name: 'Gateway', options: {}, fields: ['user'] });
  expect(again.id).toBe(saved.id);
  expect(await client.import.templates()).toEqual([again]);
  expect(statSync(join(folder, 'settings', 'templates.json')).mode & 0o777).toBe(0o600);
  await client.import.deleteTemplate({ id: saved.id });
  expect(await client.import.templates()).toEqual([]);
});

test('the vocabulary names what a mapping can name', async () => {
  const { client } = startEngine();
  const { columns, presets } = await client.import.vocabulary();
  expect(columns.find(({ name }) => name === 'ts')).toMatchObject({ ecs: '@timestamp' });
  expect(columns.map(({ name }) => name)).toContain('text');
  expect(columns.some(({ name }) => name === 'seq' || name === 'dataset')).toBe(false);
  expect(presets.map(({ name }) => name)).toContain('cloudtrail');
});
