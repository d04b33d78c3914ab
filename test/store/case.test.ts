import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { EVENT_COLUMNS } from '../../core/ingest/schema.ts';
import {
  createCase,
  createTemporaryCase,
  ensureEventColumns,
  openCase,
  readColumns,
  textColumn,
  type Case,
  SCHEMA_VERSION,
} from '../../core/store/index.ts';
import { casePlace, failure, filesIn, startChild } from './support.ts';

const names = async (opened: Case, sql: string): Promise<readonly (string | null)[]> =>
  textColumn(await readColumns(opened.connection, sql), 'name');
const columnsOf = (table: string): string =>
  `SELECT column_name AS name FROM duckdb_columns() WHERE table_name = '${table}' ORDER BY column_index`;

describe('a case', () => {
  test('is a directory with these parts, for its owner alone', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath, appVersion: '0.1.0' });
    expect(opened.manifest).toMatchObject({
      format: 'nightjar-case',
      schemaVersion: SCHEMA_VERSION,
      appVersion: '0.1.0',
    });
    expect(opened.id).toMatch(/^[0-9a-f]{32}$/);
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(['lock', 'tmp']));
    await opened.close();
    await opened.close();
    expect(readdirSync(directory).toSorted()).toEqual(
      ['case.json', 'data.duckdb', 'exports', 'journal.ndjson', 'models', 'vault.sealed'].toSorted(),
    );
    for (const path of [directory, join(directory, 'models'), join(directory, 'exports')]) {
      expect(statSync(path).mode & 0o777).toBe(0o700);
    }
    for (const { path } of filesIn(directory)) expect(statSync(path).mode & 0o777, path).toBe(0o600);
    expect((await failure(() => opened.connection)).message).toContain('closed');
  });

  test('holds the tables of the schema, and further event columns on request', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath });
    const tables = 'SELECT table_name AS name FROM duckdb_tables() ORDER BY name';
    const decisions = ['decision_changes', 'decision_log', 'decisions'];
    const others = [
      'events',
      'imports',
      'meta',
      'quarantine',
      'queue',
      'rule_changes',
      'rule_log',
      'rules',
      'runs',
      'scores',
      'twin_groups',
      'twin_members',
    ];
    expect(await names(opened, tables)).toEqual([...decisions, ...others]);
    await ensureEventColumns(opened.connection, ['ts', 'm_latency', 'c_plan', 'm_latency', 'm_"odd; name']);
    await ensureEventColumns(opened.connection, ['m_latency']);
    expect(await names(opened, columnsOf('events'))).toEqual([
      ...EVENT_COLUMNS.map((column) => column.name),
      'm_latency',
      'c_plan',
      'm_"odd; name',
    ]);
    expect((await failure(() => ensureEventColumns(opened.connection, ['x']))).code).toBe('internal');
    await opened.close();
  });

  test('is made where there is none, when asked to', async () => {
    const { directory, keyringPath } = casePlace();
    const error = await failure(() => openCase(directory, { keyringPath }));
    expect([error.code, error.message]).toEqual(['input', 'This is not a case: it has no case.json.']);
    expect(existsSync(directory)).toBe(false);
    const first = await openCase(directory, { keyringPath, create: 'if-missing' });
    await first.close();
    const second = await openCase(directory, { keyringPath, create: 'if-missing' });
    expect(second.id).toBe(first.id);
    await second.close();
  });

  test('is not made over anything else', async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    const twice = await failure(() => createCase(directory, { keyringPath }));
    expect([twice.code, twice.message]).toEqual(['input', 'There is a case in this directory already.']);
    rmSync(directory, { recursive: true });
    mkdirSync(directory);
    writeFileSync(join(directory, 'holiday.jpg'), 'x');
    for (const work of [
      () => createCase(directory, { keyringPath }),
      () => openCase(directory, { keyringPath, create: 'if-missing' }),
      () => openCase(directory, { keyringPath }),
      () => openCase(join(directory, 'holiday.jpg'), { keyringPath }),
    ]) {
      expect((await failure(work)).code).toBe('input');
    }
    expect(readdirSync(directory)).toEqual(['holiday.jpg']);
  });

  test('needs a passphrase exactly when it is sealed under one', async () => {
    const { directory } = casePlace();
    expect((await failure(() => createCase(directory, { sealing: 'passphrase' }))).code).toBe('usage');
    expect((await failure(() => createCase(directory, { sealing: 'none', passphrase: 'x' }))).code).toBe('usage');
    expect((await failure(() => createCase(directory, { passphrase: '' }))).code).toBe('usage');
    expect(existsSync(directory)).toBe(false);
  });

  test('loses what was spilled at opening and at closing', async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    mkdirSync(join(directory, 'tmp'));
    writeFileSync(join(directory, 'tmp', 'spilled'), 'x');
    const opened = await openCase(directory, { keyringPath });
    expect(readdirSync(join(directory, 'tmp'))).toEqual([]);
    writeFileSync(join(directory, 'tmp', 'spilled'), 'x');
    await opened.close();
    expect(existsSync(join(directory, 'tmp'))).toBe(false);
  });

  test('reads no foreign file', async () => {
    const { directory, keyringPath } = casePlace();
    const opened = await createCase(directory, { keyringPath, threads: 1 });
    const foreign = join(dirname(directory), 'a.csv');
    writeFileSync(foreign, 'actor_id\nx\ny\n');
    const read = `INSERT INTO events BY NAME FROM read_csv('${foreign}')`;
    await expect(opened.connection.run(read)).rejects.toThrow('Permission');
    const further = await opened.connect();
    await expect(further.run(read)).rejects.toThrow('Permission');
    further.closeSync();
    await opened.close();
  });
});

describe('a case that cannot be opened', () => {
  const made = async () => {
    const { directory, keyringPath } = casePlace();
    await (await createCase(directory, { keyringPath })).close();
    return { directory, open: () => openCase(directory, { keyringPath }), keyringPath };
  };
  const snapshot = (directory: string): string =>
    JSON.stringify(
      filesIn(directory).map(({ path, bytes }) => [path, bytes.toString('base64'), statSync(path).mtimeMs]),
    );

  test('because it is newer is not touched', async () => {
    const { directory, open } = await made();
    const path = join(directory, 'case.json');
    const manifest: unknown = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...Object(manifest), schemaVersion: SCHEMA_VERSION + 1, something: 'new' }));
    writeFileSync(join(directory, 'journal.ndjson'), 'a form of journal we do not know');
    const before = snapshot(directory);
    const error = await failure(open);
    expect([error.code, error.message, error.next]).toEqual([
      'case-newer',
      `The case has schema version ${SCHEMA_VERSION + 1}; this version knows ${SCHEMA_VERSION}.`,
      'Open it with a newer Nightjar.',
    ]);
    expect(snapshot(directory)).toBe(before);
  });

  test.each([
    ['an empty manifest', 'case.json', ''],
    ['half a manifest', 'case.json', '{"format":"nightjar-case","schemaVersion":1'],
    ['a manifest of something else', 'case.json', '{"name":"x"}'],
    ['a database that is none', 'data.duckdb', 'garbage'.repeat(5000)],
    ['an empty database file', 'data.duckdb', ''],
  ])('%s', async (_name, file, text) => {
    const { directory, open } = await made();
    writeFileSync(join(directory, file), text);
    const error = await failure(open);
    expect(error.code).toBe('case-damaged');
    expect(error.next).toMatch(/backup/);
    expect(existsSync(join(directory, 'lock'))).toBe(false);
  });

  test('because its database is cut short, gone, or of another case', async () => {
    const { directory, open, keyringPath } = await made();
    const path = join(directory, 'data.duckdb');
    truncateSync(path, 6000);
    expect((await failure(open)).code).toBe('case-damaged');
    rmSync(path);
    expect((await failure(open)).message).toBe('The database of the case is missing.');
    expect(existsSync(path)).toBe(false);
    const other = casePlace();
    await (await createCase(other.directory, { keyringPath })).close();
    writeFileSync(path, readFileSync(join(other.directory, 'data.duckdb')));
    expect((await failure(open)).message).toBe('The database belongs to another case.');
  });
});

describe('a temporary case', () => {
  test('is gone after closing', async () => {
    const opened = await createTemporaryCase({ threads: 1 });
    expect(statSync(opened.directory).mode & 0o777).toBe(0o700);
    expect(existsSync(opened.paths.vault)).toBe(false);
    expect(opened.vault.pseudonymKey()).toHaveLength(32);
    await opened.connection.run('INSERT INTO events (actor_id) VALUES (1)');
    await opened.close();
    expect(existsSync(opened.directory)).toBe(false);
  });

  test('is gone after its process exits, and after a kill when the next one is made', async () => {
    const first = startChild(['temporary']);
    const left = (await first.nextLine()) ?? '';
    expect(existsSync(left)).toBe(true);
    first.process.stdin?.write('exit\n');
    await first.exit;
    expect(existsSync(left)).toBe(false);

    const second = startChild(['temporary']);
    const killed = (await second.nextLine()) ?? '';
    second.process.kill('SIGKILL');
    await second.exit;
    expect(existsSync(killed)).toBe(true);
    await (await createTemporaryCase({ threads: 1 })).close();
    expect(existsSync(killed)).toBe(false);
  });
});
